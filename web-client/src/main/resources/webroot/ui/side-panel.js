import { byId } from './element.js';

const TABS = ['chat', 'people', 'rooms'];

/** The tabs beside (on a phone: below) the stage, by mouse, arrow keys and touch. */
export class SidePanel {
  #selected;
  #current = 'chat';

  /** @param {(tab: 'chat'|'people'|'rooms'|null) => void} selected what is in sight now; null: nothing */
  constructor(selected) {
    this.#selected = selected;
    for (const tab of TABS) {
      byId(`tab-${tab}`).addEventListener('click', () => this.select(tab));
      byId(`tab-${tab}`).addEventListener('keydown', (event) => this.#arrow(event, tab));
    }
    byId('panel-toggle').addEventListener('click', () => this.toggle());
  }

  /** The tab that people can see, or null when the panel is hidden. */
  get visible() {
    return document.body.classList.contains('panel-hidden') ? null : this.#current;
  }

  select(tab, { focus = false } = {}) {
    this.#current = tab;
    for (const other of TABS) {
      const chosen = other === tab;
      byId(`tab-${other}`).setAttribute('aria-selected', String(chosen));
      byId(`tab-${other}`).tabIndex = chosen ? 0 : -1;
      byId(`pane-${other}`).hidden = !chosen;
    }
    if (focus) byId(`tab-${tab}`).focus();
    this.#selected(this.visible);
  }

  toggle(shown = this.visible === null) {
    document.body.classList.toggle('panel-hidden', !shown);
    byId('panel-toggle').setAttribute('aria-expanded', String(shown));
    byId('panel-toggle').setAttribute('aria-label', shown ? 'Hide the side panel' : 'Show the side panel');
    this.#selected(this.visible);
  }

  #arrow(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.select(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length], { focus: true });
  }
}
