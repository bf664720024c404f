const ROWS_KEPT = 500;
const EMPTY_PAGES_IN_A_ROW = 5;

/**
 * The people of a room too large to be known by name, asked for page by page. One question at a time: the
 * answer to an older query is dropped.
 */
export class PeoplePages {
  #ask;
  #changed;
  #cursor = null;
  #round = 0;
  /** From where the newest question goes on, null for the beginning. */
  #from = null;

  query = '';
  people = [];
  /** Which query `people` answers, null before there is any answer. */
  answered = null;
  loading = false;
  /** @type {Error|null} why the last question failed */
  failure = null;

  /**
   * @param {(page: {query?: string, cursor?: string}) => Promise<{people: object[], cursor?: string}>} ask
   * @param {() => void} changed
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Whether `more()` would bring anybody. */
  get hasMore() {
    return this.#cursor !== null && !this.isFull;
  }

  /** As many as a list on a screen is good for: search finds the others. */
  get isFull() {
    return this.people.length >= ROWS_KEPT;
  }

  /** From the beginning; what is shown stays until the answer is there. */
  async start(query = '') {
    this.query = query;
    await this.#load(null);
  }

  /** The next page; or the one that failed, again. */
  async more() {
    if (this.loading) return;
    if (this.failure) await this.#load(this.#from);
    else if (this.hasMore) await this.#load(this.#cursor);
  }

  /** Somebody who is known to have left. */
  forget(participant) {
    this.people = this.people.filter(({ id }) => id !== participant);
  }

  clear() {
    this.#round += 1;
    this.#cursor = null;
    this.people = [];
    this.answered = null;
    this.loading = false;
    this.failure = null;
  }

  async #load(from) {
    const round = ++this.#round;
    this.#from = from;
    this.loading = true;
    this.#changed();
    try {
      const { people, cursor } = await this.#page(from, round);
      if (round !== this.#round) return;
      const before = from === null ? [] : this.people;
      const known = new Set(before.map(({ id }) => id));
      this.people = [...before, ...people.filter(({ id }) => !known.has(id))];
      this.#cursor = cursor;
      this.answered = this.query;
      this.failure = null;
    } catch (failure) {
      if (round !== this.#round) return;
      this.failure = failure;
    }
    this.loading = false;
    this.#changed();
  }

  /** A page may be empty and yet not the last. */
  async #page(from, round) {
    let cursor = from;
    for (let n = 0; n < EMPTY_PAGES_IN_A_ROW; n++) {
      const page = await this.#ask({ ...(this.query && { query: this.query }), ...(cursor && { cursor }) });
      cursor = page.cursor ?? null;
      if (page.people.length || cursor === null || round !== this.#round) return { people: page.people, cursor };
    }
    return { people: [], cursor };
  }
}
