import { byId, element, icon } from './element.js';

/** What moderators can do with one message; one menu for all of them, opened beside the message's button. */
export class MessageMenu {
  #menu = byId('message-menu');
  #button = null;

  constructor() {
    this.#menu.addEventListener('keydown', (event) => this.#arrow(event));
    this.#menu.addEventListener('toggle', (event) => { if (event.newState === 'closed') this.#button?.focus({ preventScroll: true }); });
  }

  /** @param {Element} button @param {{words: string, drawing: string, danger?: boolean, testId: string, act: () => void}[]} actions */
  open(button, actions) {
    this.#button = button;
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
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.#menu.children];
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  }
}
