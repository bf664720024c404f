import { byId, element, icon } from './element.js';

/** A menu beside the button that opened it: arrow keys, Home, End and Esc; the page has one, for whatever asks. */
export class Menu {
  #menu = byId('menu');
  #button = null;

  constructor() {
    this.#menu.addEventListener('keydown', (event) => this.#arrow(event));
    this.#menu.addEventListener('toggle', (event) => { if (event.newState === 'closed' && !document.querySelector('dialog[open]')) this.#button?.focus({ preventScroll: true }); });
  }

  /**
   * @param {Element} button
   * @param {string} label what it is about, for screen readers
   * @param {{words: string, drawing: string, danger?: boolean, testId: string, act: () => void}[]} actions
   */
  open(button, label, actions) {
    this.#button = button;
    this.#menu.setAttribute('aria-label', label);
    this.#menu.replaceChildren(...actions.map(({ words, drawing, danger, testId, act }) => element('button', {
      class: `menu-item${danger ? ' danger' : ''}`, type: 'button', role: 'menuitem', 'data-testid': testId, on: { click: () => { this.close(); act(); } },
    }, icon(drawing), words)));
    this.#menu.showPopover();
    this.#place(button);
    this.#menu.firstElementChild?.focus();
  }

  close() {
    if (this.#menu.matches(':popover-open')) this.#menu.hidePopover();
  }

  #place(button) {
    const at = button.getBoundingClientRect();
    const { width, height } = this.#menu.getBoundingClientRect();
    const below = at.bottom + height + 8 < innerHeight;
    this.#menu.style.setProperty('left', `${Math.max(8, at.right - width)}px`);
    this.#menu.style.setProperty('top', `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`);
  }

  #arrow(event) {
    const items = [...this.#menu.children];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length).focus();
  }
}
