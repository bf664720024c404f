import { chatTime, counted } from '../text/format.js';
import { element } from '../ui/element.js';
import { timeline } from './fleet-state.js';

const MARKS = { up: '▲', down: '▼', stay: '●' };

/** What was decided about the number of nodes, and why. */
export class ScalingView {
  #list;

  constructor(list) {
    this.#list = list;
  }

  draw(decisions) {
    this.#list.replaceChildren(...timeline(decisions).map(({ at, nodes, direction, reason, fleet, byHand }) => {
      const way = direction.toLowerCase();
      return element('li', { class: way, 'data-testid': 'decision' },
        element('span', { class: 'mark', 'aria-label': way }, MARKS[way]),
        element('div', {},
          element('p', {}, element('b', {}, way === 'stay' ? counted(nodes, 'node') : `${fleet.ordered} → ${counted(nodes, 'node')}`), byHand ? element('span', { class: 'badge' }, 'by hand') : null, element('time', { datetime: at }, chatTime(Date.parse(at)))),
          element('p', { class: 'reason' }, reason)));
    }));
  }
}
