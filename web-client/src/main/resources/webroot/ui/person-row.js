import { hue, initials } from '../text/format.js';
import { element, icon } from './element.js';

/**
 * Somebody in the list of people.
 *
 * @param {object} person as `RoomModel.described` has it
 * @param {{menu: ((button: Element) => void)|null, rename: () => void}} act menu: null where there is nothing to do
 */
export function personRow(person, { menu, rename }) {
  return element('li', {
    class: 'person', 'data-testid': 'people-item', 'data-participant': person.id, 'data-presenting': String(person.presenting), 'data-you': String(person.you), 'data-hand': String(person.handRaised),
  },
    avatar(person),
    element('div', { class: 'person-words' }, element('b', {}, person.you ? `${person.name} (you)` : person.name), element('span', {}, facts(person))),
    person.handRaised ? marked('hand', 'Hand raised', 'hand') : null,
    person.silenced.microphone ? marked('mic-off', 'Microphone muted by a moderator', 'bad') : null,
    person.silenced.chat ? marked('chat-off', 'Muted in the chat', 'bad') : null,
    person.presenting ? element('span', { class: 'badge live' }, 'LIVE') : null,
    person.you ? tool('rename', 'pen', 'Change your name', rename) : null,
    menu ? menuButton(person, menu) : null);
}

export function avatar(person) {
  return element('span', { class: 'avatar', 'aria-hidden': 'true', vars: { hue: hue(person.id) } }, initials(person.name));
}

function facts(person) {
  const role = person.role === 'moderator' ? 'Moderator' : '';
  const place = person.presenting ? 'On stage' : person.onStage && !role ? 'Presenter' : person.you && !role ? 'In the audience' : '';
  return [role, place].filter(Boolean).join(' · ');
}

function marked(drawing, words, tone) {
  return element('span', { class: `person-mark ${tone}`, title: words }, icon(drawing), element('span', { class: 'visually-hidden' }, words));
}

function menuButton(person, menu) {
  const button = tool('person-more', 'more', `What to do with ${person.name}`, (event) => menu(event.currentTarget));
  button.setAttribute('aria-haspopup', 'menu');
  return button;
}

function tool(testId, drawing, words, act) {
  return element('button', { class: 'button quiet icon-only', type: 'button', 'data-testid': testId, 'aria-label': words, title: words, on: { click: act } }, icon(drawing));
}
