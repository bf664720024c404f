import { updateList } from '../listing/keyed-list.js';
import { PeoplePages } from '../listing/people-pages.js';
import { refusalWords, wishWords } from '../text/failure-words.js';
import { count, counted } from '../text/format.js';
import { nameMatches } from '../text/name-match.js';
import { byId, element } from './element.js';
import { HandsList } from './hands-list.js';
import { personActions } from './person-menu.js';
import { avatar, personRow } from './person-row.js';
import { renameForm } from './rename-form.js';
import { RoomTools } from './room-tools.js';
import { toast } from './toasts.js';

const SEARCH_FROM = 9;
const TYPING_MS = 250;
const NEAR_END_PX = 200;
const FRESH_FOR_MS = 20_000;

/**
 * Who is here: presenters first, then you, then the others. In a large room the others are asked for while
 * somebody looks at the list. Moderators find here what they can do with each, raised hands, and the room's lock.
 */
export class PeoplePanel {
  #client;
  #page;
  #pages;
  #hands;
  #tools;
  #renaming = false;
  #drawing = 0;
  #typing;
  #askedAt = -Infinity;

  /** @param {{renamed: (name: string) => void, inSight: () => boolean, menu: Menu}} page */
  constructor(client, page) {
    this.#client = client;
    this.#page = page;
    this.#pages = new PeoplePages((which) => client.people(which), () => this.#soon());
    this.#hands = new HandsList({ inSight: page.inSight, invite: (person) => this.#wish(client.moderation.invite(person.id), `${person.name} is invited`) });
    this.#tools = new RoomTools(client.moderation, (wish) => this.#wish(wish));
    client.on('joined', () => { this.#pages.clear(); this.#askedAt = -Infinity; this.#soon(); });
    client.on('room', ({ message }) => { if (message.type === 'participantLeft') this.#pages.forget(message.participant); this.#soon(); });
    byId('people-search').addEventListener('input', () => this.#typed());
    byId('people-more').addEventListener('click', () => this.#pages.more());
    byId('people-scroll').addEventListener('scroll', (event) => {
      const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
      if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX && !this.#pages.failure) this.#pages.more();
    });
  }

  /** The list came into sight. */
  seen() {
    if (this.#page.inSight()) this.#soon();
  }

  clear() {
    this.#pages.clear();
    this.#hands.clear();
    this.#tools.clear();
    this.#renaming = false;
    byId('people').replaceChildren();
    byId('people-search').value = '';
    for (const id of ['people-search-box', 'people-more', 'people-note', 'audience']) byId(id).hidden = true;
    for (const id of ['people-summary', 'people-count']) byId(id).textContent = '';
  }

  /** Many people may come at once; they are drawn together. */
  #soon() {
    this.#drawing ||= requestAnimationFrame(() => {
      this.#drawing = 0;
      if (this.#client.room) this.#draw(this.#client.room);
    });
  }

  #typed() {
    this.#soon();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => { if (this.#client.room?.partial) this.#ask(); }, TYPING_MS);
  }

  #ask() {
    this.#askedAt = performance.now();
    this.#pages.start(this.#query());
  }

  #query() {
    return byId('people-search').value.trim();
  }

  #draw(room) {
    const query = this.#query();
    const total = count(room.headcount);
    byId('people-count').textContent = total;
    byId('audience').hidden = false;
    byId('audience-count').textContent = total;
    this.#hands.show(room);
    this.#tools.show(room);
    if (!this.#page.inSight()) return;
    const stale = performance.now() - this.#askedAt > FRESH_FOR_MS && this.#pages.people.length <= 50;
    if (room.partial && stale && !this.#pages.loading) this.#ask();
    byId('people-search-box').hidden = room.headcount < SEARCH_FROM && !query;
    const shown = this.#shown(room, query);
    updateList(byId('people'), shown, {
      key: (person) => person.id,
      state: (person) => JSON.stringify([person, room.moderating, person.you && this.#renaming]),
      draw: (person) => this.#row(person, room),
    });
    this.#words(room, query, shown.length);
  }

  #shown(room, query) {
    const here = room.people().filter(({ name }) => nameMatches(name, query));
    if (!room.partial) return here;
    const known = new Set(here.map(({ id }) => id));
    // An answer to another query is on the screen until the next one comes; it shows nobody who does not match.
    return [...here, ...this.#pages.people.filter(({ id, name }) => !known.has(id) && nameMatches(name, query)).map((person) => room.described(person))];
  }

  #words(room, query, shown) {
    const onStage = room.people().filter(({ presenting }) => presenting).length;
    const all = `${counted(room.headcount, 'person', 'people')} here${onStage ? `, ${onStage} on stage` : ''}`;
    const { failure, loading, hasMore, isFull, answered } = this.#pages;
    // Until it is answered, what is shown is what the answer before had of it.
    const asking = room.partial && !failure && answered !== query;
    const found = asking ? 'Looking …' : `${shown}${room.partial && hasMore ? ' or more' : ''} found`;
    const words = query ? found : all;
    if (byId('people-summary').textContent !== words) byId('people-summary').textContent = words;
    byId('people-more').hidden = !room.partial || asking || !(hasMore || failure);
    byId('people-more').disabled = loading;
    byId('people-more').textContent = failure ? 'Try again' : 'Show more';
    const note = failure ? refusalWords(failure).title
      : asking && !shown ? 'Asking who is here …'
        : query && !shown ? 'Nobody here has a name that begins like that.'
          : room.partial && isFull ? 'Search finds the others.' : '';
    byId('people-note').hidden = !note;
    if (byId('people-note').textContent !== note) byId('people-note').textContent = note;
  }

  #row(person, room) {
    if (person.you && this.#renaming) {
      return element('li', { class: 'person', 'data-testid': 'people-item', 'data-participant': person.id, 'data-you': 'true' }, avatar(person),
        renameForm(person.name, { save: (name) => this.#rename(name), cancel: () => this.#closeRename() }));
    }
    const actions = room.moderating && !person.you && personActions(person, this.#client.moderation, (wish, done) => this.#wish(wish, done));
    return personRow(person, {
      menu: actions?.length ? (button) => this.#page.menu.open(button, person.name, actions) : null,
      rename: () => this.#openRename(),
    });
  }

  async #wish(wish, done = '') {
    try {
      await wish;
      if (done) toast({ title: done, topic: 'moderation' }, 'good');
    } catch (failure) {
      // The room was closed or left meanwhile: what became of the wish is to be seen.
      if (this.#client.room) toast({ ...wishWords(failure), topic: 'moderation' }, 'bad');
    }
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
      this.#page.renamed(name);
      this.#closeRename();
    } catch (failure) {
      toast(refusalWords(failure), 'bad');
    }
  }
}
