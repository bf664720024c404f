import { count, hue, initials } from '../text/format.js';
import { refusalWords } from '../text/failure-words.js';
import { updateList } from '../listing/keyed-list.js';
import { byId, element, icon } from './element.js';
import { toast } from './toasts.js';

/** Who is here: presenters first. Your own line can be renamed. */
export class PeoplePanel {
  #client;
  #renamed;
  #renaming = false;
  #drawing = 0;

  /** @param {(name: string) => void} renamed */
  constructor(client, renamed) {
    this.#client = client;
    this.#renamed = renamed;
    client.on('joined', () => this.#soon());
    client.on('room', () => this.#soon());
  }

  clear() {
    byId('people').replaceChildren();
    byId('people-count').textContent = '';
    byId('audience').hidden = true;
  }

  /** Many people may come at once; they are drawn together. */
  #soon() {
    this.#drawing ||= requestAnimationFrame(() => {
      this.#drawing = 0;
      if (this.#client.room) this.#draw(this.#client.room);
    });
  }

  #draw(room) {
    const people = room.people();
    updateList(byId('people'), people, {
      key: (person) => person.id,
      state: (person) => JSON.stringify([person, person.you && this.#renaming]),
      draw: (person) => this.#person(person),
    });
    const unnamed = room.headcount - people.length;
    byId('more-people').hidden = unnamed <= 0;
    byId('more-people').textContent = unnamed > 0 ? `and ${count(unnamed)} more in the audience` : '';
    byId('people-count').textContent = count(room.headcount);
    byId('audience').hidden = false;
    byId('audience-count').textContent = count(room.headcount);
  }

  #person(person) {
    const what = person.presenting ? 'On stage' : (person.role ?? '').toLowerCase() === 'moderator' ? 'Moderator' : person.you ? 'In the audience' : '';
    return element('li', { class: 'person', 'data-testid': 'people-item', 'data-participant': person.id, 'data-presenting': String(person.presenting), 'data-you': String(person.you) },
      element('span', { class: 'avatar', 'aria-hidden': 'true', vars: { hue: hue(person.id) } }, initials(person.name)),
      person.you && this.#renaming ? this.#renameForm(person) : element('div', { class: 'person-words' },
        element('b', {}, person.you ? `${person.name} (you)` : person.name),
        what ? element('span', {}, what) : null),
      person.presenting ? element('span', { class: 'badge live' }, 'LIVE') : null,
      person.you && !this.#renaming ? element('button', { class: 'button quiet icon-only', type: 'button', 'data-testid': 'rename', 'aria-label': 'Change your name', title: 'Change your name', on: { click: () => this.#openRename() } }, icon('pen')) : null);
  }

  #renameForm(person) {
    const field = element('input', { class: 'input', maxlength: 40, 'aria-label': 'Your name', 'data-testid': 'rename-field', value: person.name });
    return element('form', { class: 'rename', on: {
      submit: (event) => { event.preventDefault(); this.#rename(field.value.trim()); },
      keydown: (event) => { if (event.key === 'Escape') { event.stopPropagation(); this.#closeRename(); } },
    } }, field, element('button', { class: 'button primary', 'data-testid': 'rename-save' }, 'Save'));
  }

  #openRename() {
    this.#renaming = true;
    this.#draw(this.#client.room);
    const field = byId('people').querySelector('.rename .input');
    field.focus();
    field.select();
  }

  #closeRename() {
    this.#renaming = false;
    if (this.#client.room) this.#draw(this.#client.room);
    byId('people').querySelector('[data-testid="rename"]')?.focus();
  }

  async #rename(name) {
    if (!name || name === this.#client.room?.you.name) {
      this.#closeRename();
      return;
    }
    try {
      await this.#client.rename(name);
      this.#renamed(name);
      this.#closeRename();
    } catch (failure) {
      toast(refusalWords(failure), 'bad');
    }
  }
}
