import { updateList } from '../listing/keyed-list.js';
import { byId, element } from './element.js';
import { avatar } from './person-row.js';
import { toast } from './toasts.js';

/** For moderators: who asks to be invited, longest first, one tap from the stage. */
export class HandsList {
  #inSight;
  #invite;
  #known = new Set();

  /** @param {{inSight: () => boolean, invite: (person: object) => void}} page */
  constructor({ inSight, invite }) {
    this.#inSight = inSight;
    this.#invite = invite;
  }

  show(room) {
    const hands = room.moderating ? [...room.hands.values()].filter(({ id }) => id !== room.you.id) : [];
    byId('hands-box').hidden = hands.length === 0;
    byId('hands-count').textContent = String(hands.length);
    byId('hands-unread').hidden = hands.length === 0;
    byId('hands-unread').textContent = hands.length > 99 ? '99+' : String(hands.length);
    byId('tab-people').setAttribute('aria-label', hands.length ? `People, ${hands.length} ${hands.length === 1 ? 'hand' : 'hands'} raised` : 'People');
    updateList(byId('hands'), hands, { key: ({ id }) => id, state: ({ name }) => name, draw: (person) => this.#row(person) });
    // One message for the first; that there are more is on the tab.
    const first = this.#known.size === 0 ? hands[0] : undefined;
    if (first && !this.#inSight()) toast({ title: `${first.name} raised a hand`, text: 'Invite them from the list of people.' });
    this.#known = new Set(hands.map(({ id }) => id));
  }

  clear() {
    this.#known.clear();
    byId('hands').replaceChildren();
    byId('hands-box').hidden = true;
    byId('hands-unread').hidden = true;
    byId('tab-people').removeAttribute('aria-label');
  }

  #row(person) {
    return element('li', { class: 'person', 'data-testid': 'hand', 'data-participant': person.id },
      avatar(person),
      element('div', { class: 'person-words' }, element('b', {}, person.name)),
      element('button', { class: 'button primary', type: 'button', 'data-testid': 'hand-invite', 'aria-label': `Invite ${person.name} to the stage`, on: { click: () => this.#invite(person) } }, 'Invite'));
  }
}
