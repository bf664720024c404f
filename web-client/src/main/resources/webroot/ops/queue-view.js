import { chatTime, count, counted, waitWords } from '../text/format.js';
import { element } from '../ui/element.js';

const MOST = 8;

/** Who waits for a seat. */
export class QueueView {
  #home;

  constructor(home) {
    this.#home = home;
  }

  draw(queue) {
    this.#home.replaceChildren(...(queue ? queue.waiting === 0 ? [element('p', { class: 'hint', 'data-testid': 'queue-words' }, 'Nobody waits.')] : lines(queue) : [element('p', { class: 'hint' }, 'This allocator does not show its queue.')]));
  }
}

function lines({ waiting, nextExpectedWaitMs, arrivals, queue, byPriority }) {
  const priorities = Object.entries(byPriority ?? {}).filter(([priority]) => priority !== '0');
  return [
    element('p', { class: 'queue-words', 'data-testid': 'queue-words' }, element('b', {}, counted(waiting, 'person waits', 'people wait')), ` the next gets a seat ${waitWords(nextExpectedWaitMs)}`),
    ...(priorities.length > 0 ? [element('p', { class: 'hint' }, priorities.map(([priority, many]) => `${count(many)} with priority ${priority}`).join(', '))] : []),
    ...(arrivals ?? []).map(({ ready, seats }) => element('p', { class: 'hint' }, `A node with ${counted(seats, 'seat')} is expected at ${chatTime(Date.parse(ready))}`)),
    element('ol', { class: 'queue-list' }, ...queue.slice(0, MOST).map((one) => element('li', {},
      element('span', { class: 'room-name' }, one.room),
      one.priority > 0 ? element('span', { class: 'badge' }, `priority ${one.priority}`) : null,
      element('span', { class: 'hint' }, `since ${chatTime(Date.parse(one.since))}`)))),
    ...(waiting > MOST ? [element('p', { class: 'hint' }, `and ${counted(waiting - MOST, 'other')}`)] : []),
  ];
}
