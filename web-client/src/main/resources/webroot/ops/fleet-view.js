import { updateList } from '../listing/keyed-list.js';
import { count, counted } from '../text/format.js';
import { element } from '../ui/element.js';
import { roomsByNode, stateOf } from './fleet-state.js';

const WORDS = { serving: 'serving', draining: 'draining', empty: 'drained, empty', away: 'does not answer' };
const MOST_ROOMS = 6;

/** A card for each node: how full it is, what is on it, and what can be done with it. */
export class FleetView {
  #list;
  #drain;
  #useAgain;

  /** @param {{drain: (node) => void, useAgain: (node) => void}} orders */
  constructor(list, { drain, useAgain }) {
    this.#list = list;
    this.#drain = drain;
    this.#useAgain = useAgain;
  }

  draw({ nodes, rooms }) {
    const byNode = roomsByNode(rooms);
    const sorted = [...nodes].sort((a, b) => a.node.localeCompare(b.node, 'en', { numeric: true }));
    updateList(this.#list, sorted.map((node) => ({ node, rooms: byNode[node.node] ?? [] })), {
      key: ({ node }) => node.node,
      state: (item) => JSON.stringify(item),
      draw: ({ node, rooms: there }) => this.#card(node, there),
    });
  }

  #card(node, rooms) {
    const state = stateOf(node);
    return element('li', { class: 'node', 'data-testid': 'node', 'data-node': node.node, 'data-life': state },
      element('div', { class: 'node-head' },
        element('h3', { title: node.uri }, node.node),
        node.duty && node.duty !== 'any' ? element('span', { class: 'badge' }, node.duty) : null,
        element('span', { class: `badge life ${state}`, 'data-testid': 'node-life' }, WORDS[state])),
      meter(node),
      element('dl', { class: 'node-figures' },
        figure('rooms', count(node.rooms)),
        figure('CPU', node.cpuPercent === undefined ? '–' : `${Math.round(node.cpuPercent)} %`),
        figure('memory', node.memoryBytes === undefined ? '–' : `${Math.round(node.memoryBytes / (1 << 20))} MiB`),
        figure('endpoints', node.endpoints === undefined ? '–' : count(node.endpoints))),
      roomList(rooms),
      element('div', { class: 'node-foot' }, node.draining
        ? element('button', { class: 'button', type: 'button', 'data-testid': 'node-use', on: { click: () => this.#useAgain(node) } }, 'Use again')
        : element('button', { class: 'button', type: 'button', 'data-testid': 'node-drain', on: { click: () => this.#drain(node) } }, 'Drain')));
  }
}

function meter({ seats, taken, free, draining }) {
  const share = seats > 0 ? Math.min(1, taken / seats) : 0;
  return element('div', { class: 'meter' },
    element('div', { class: 'meter-words' }, element('b', {}, `${count(taken)} / ${count(seats)}`), element('span', {}, draining ? 'seats still taken' : counted(free, 'seat free', 'seats free'))),
    element('div', { class: `meter-bar ${share >= 0.9 ? 'full' : ''}`, role: 'meter', 'aria-label': 'Seats taken', 'aria-valuemin': '0', 'aria-valuemax': String(seats), 'aria-valuenow': String(taken), vars: { share } },
      element('span')));
}

function figure(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

function roomList(rooms) {
  if (rooms.length === 0) return element('p', { class: 'hint' }, 'No rooms');
  const shown = rooms.slice(0, MOST_ROOMS).map(({ room, seats, origin, leaving }) => element('li', {},
    element('span', { class: 'room-name' }, room),
    element('span', { class: 'room-role' }, leaving ? 'leaving' : origin ? 'origin' : 'edge'),
    element('b', {}, count(seats))));
  const more = rooms.length - shown.length;
  return element('ul', { class: 'node-rooms' }, ...shown, more > 0 ? element('li', { class: 'hint' }, `and ${counted(more, 'more room')}`) : null);
}
