import { chatTime, counted } from '../text/format.js';
import { element } from '../ui/element.js';

/** The shows for which seats are made ready ahead of time. */
export class ShowsView {
  #list;
  #cancel;

  /** @param {(show) => void} cancel */
  constructor(list, cancel) {
    this.#list = list;
    this.#cancel = cancel;
  }

  draw(shows) {
    const sorted = [...shows].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
    this.#list.replaceChildren(...sorted.map((show) => element('li', { 'data-testid': 'show' },
      element('div', {},
        element('strong', {}, show.room),
        element('span', {}, `${chatTime(Date.parse(show.startsAt))} to ${chatTime(Date.parse(show.endsAt))}, ${counted(show.audience, 'person', 'people')} expected`)),
      show.from === 'file'
        ? element('span', { class: 'badge', title: 'It stands in GRANDSTAND_SHOWS_FILE' }, 'file')
        : element('button', { class: 'button quiet', type: 'button', on: { click: () => this.#cancel(show) } }, 'Cancel'))));
  }
}
