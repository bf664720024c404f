import { REACTIONS, risingOf } from '../chat/reactions.js';
import { count } from '../text/format.js';
import { byId, drawing, element } from './element.js';

const BETWEEN_TAPS_MS = 110;
const RISING_AT_ONCE = 40;

/** Buttons to react with, how often everybody did, and what rises over the stage when they do. */
export class ReactionsBar {
  #client;
  #tappedAt = -Infinity;
  #buttons = new Map();
  #shown = new Map();

  constructor(client) {
    this.#client = client;
    byId('reactions').append(...REACTIONS.map((reaction) => this.#button(reaction)));
    client.on('joined', ({ room }) => this.#totals(room.reactions));
    client.on('reactions', ({ counts, totals }) => {
      this.#totals(totals);
      this.#rise(counts);
    });
  }

  enable(enabled) {
    this.#buttons.forEach(({ button }) => { button.disabled = !enabled; });
  }

  #button({ code, words }) {
    const total = element('span', { class: 'reaction-total' });
    const button = element('button', {
      class: 'reaction', type: 'button', disabled: true, title: words, 'aria-label': words, 'data-testid': 'reaction', 'data-reaction': code, on: { click: () => this.#tap(code) },
    }, drawing(`/reactions.svg#${code}`, 'reaction-drawing'), total);
    this.#buttons.set(code, { button, total, words });
    return button;
  }

  #tap(code) {
    if (performance.now() - this.#tappedAt < BETWEEN_TAPS_MS) return;
    this.#tappedAt = performance.now();
    // A reaction that got lost is no news for anybody.
    this.#client.roomChat.react(code).catch(() => {});
  }

  #totals(totals) {
    this.#buttons.forEach(({ button, total, words }, code) => {
      const n = totals[code] ?? 0;
      if (this.#shown.get(code) === n) return;
      this.#shown.set(code, n);
      total.textContent = n ? count(n) : '';
      button.setAttribute('aria-label', n ? `${words}: ${n}` : words);
    });
  }

  #rise(counts) {
    if (document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const sky = byId('rising');
    for (const code of risingOf(counts)) {
      if (sky.children.length >= RISING_AT_ONCE) return;
      const one = element('span', { class: 'rising-one', vars: { x: `${5 + Math.random() * 90}%`, sway: `${Math.random() * 60 - 30}px`, delay: `${Math.random() * 450}ms` } }, drawing(`/reactions.svg#${code}`, 'reaction-drawing'));
      one.addEventListener('animationend', () => one.remove());
      sky.append(one);
    }
  }
}
