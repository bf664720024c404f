import { count, counted, hue, initials, names } from '../text/format.js';
import { element, icon } from '../ui/element.js';
import { titleOf } from './rooms-feed.js';

/** A room in the lobby: one link, however much it shows. */
export function roomCard(room) {
  const presenters = room.presenters ?? [];
  return element('li', { class: `card${room.live ? ' is-live' : ''}`, 'data-testid': 'room-card', 'data-room': room.id, vars: { hue: hue(room.id) } },
    element('div', { class: 'poster' },
      rings(),
      room.live ? element('span', { class: 'badge state live' }, 'LIVE') : element('span', { class: 'badge state' }, 'Waiting'),
      element('span', { class: 'badge viewers', title: counted(room.audience, 'person here', 'people here') }, icon('people'), count(room.audience)),
      element('div', { class: 'faces', 'aria-hidden': 'true' },
        ...presenters.slice(0, 4).map((name) => element('span', { class: 'avatar' }, initials(name))))),
    element('div', { class: 'card-words' },
      element('h3', {}, element('a', { href: `/room/${room.id}` }, titleOf(room))),
      element('p', {}, presenters.length ? names(presenters) : 'Nobody on stage yet')));
}

/** Text that changes when, and only when, the card would look different. */
export function cardState(room) {
  return JSON.stringify([room.title, room.live, room.presenters, room.audience]);
}

function rings() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'rings');
  svg.setAttribute('viewBox', '0 0 200 70');
  svg.setAttribute('aria-hidden', 'true');
  for (const radius of [96, 70, 44]) {
    const arc = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    arc.setAttribute('d', `M${100 - radius} 70a${radius} ${radius * 0.68} 0 0 1 ${radius * 2} 0`);
    svg.append(arc);
  }
  return svg;
}
