import { counted, hue, names } from '../text/format.js';
import { updateList } from '../listing/keyed-list.js';
import { cardState } from '../listing/room-card.js';
import { RoomsFeed, titleOf } from '../listing/rooms-feed.js';
import { byId, element, icon } from './element.js';

/** The lobby's list inside a room: one tap to another stage, without leaving the page. */
export class RoomsPanel {
  #jump;
  #here = '';
  #feed = new RoomsFeed((rooms) => this.#show(rooms));

  /** @param {(room: {id: string, title: string}) => void} jump */
  constructor(jump) {
    this.#jump = jump;
  }

  set here(id) {
    this.#here = id;
  }

  /** Asks for rooms only while they are in sight. */
  inSight(seen) {
    if (seen) this.#feed.start();
    else this.#feed.stop();
  }

  #show(rooms) {
    const note = byId('jumps-note');
    if (rooms === null) {
      note.textContent = 'The list cannot be reached right now. Trying again.';
      return;
    }
    note.textContent = rooms.some((room) => room.id !== this.#here) ? '' : 'No other room is open right now.';
    updateList(byId('jumps'), rooms, {
      key: (room) => room.id,
      state: (room) => cardState(room) + (room.id === this.#here),
      draw: (room) => this.#row(room),
    });
  }

  #row(room) {
    const here = room.id === this.#here;
    const who = names(room.presenters ?? []) || 'Nobody on stage yet';
    return element('li', {}, element('a', {
      class: `jump${room.live ? ' is-live' : ''}`, href: `/room/${room.id}`, 'data-testid': 'jump-room', 'data-room': room.id, 'aria-current': here ? 'page' : null, vars: { hue: hue(room.id) },
      on: { click: (event) => this.#clicked(event, room) },
    },
      element('span', { class: 'swatch', 'aria-hidden': 'true' }, icon(room.live ? 'live' : 'stand')),
      element('span', { class: 'jump-words' },
        element('b', {}, titleOf(room)),
        element('span', {}, `${here ? 'You are here' : who} · ${counted(room.audience, 'person', 'people')}`)),
      room.live ? element('span', { class: 'badge live' }, 'LIVE') : null));
  }

  #clicked(event, room) {
    // With a modifier it is a link like any other: a new tab, a copy of the address.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (room.id !== this.#here) this.#jump({ id: room.id, title: room.title });
  }
}
