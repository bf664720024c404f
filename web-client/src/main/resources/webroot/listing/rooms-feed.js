const EVERY_MS = 2000;
const ANSWER_WITHIN_MS = 5000;

/**
 * The list of rooms, asked for every two seconds while somebody looks at it: not while the page is
 * hidden, and never twice at once.
 */
export class RoomsFeed {
  #changed;
  #timer;
  #running = false;
  #asking = false;

  /** @param {(rooms: object[]|null) => void} changed null: the list could not be had this time */
  constructor(changed) {
    this.#changed = changed;
    document.addEventListener('visibilitychange', () => this.#ask());
  }

  start() {
    this.#running = true;
    this.#ask();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #ask() {
    clearTimeout(this.#timer);
    if (!this.#running || this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      this.#changed(sorted(await fetchRooms()));
    } catch (failure) {
      console.debug('rooms not listed:', failure.message);
      this.#changed(null);
    } finally {
      this.#asking = false;
      if (this.#running) this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
    }
  }
}

async function fetchRooms() {
  const answer = await fetch('/rooms', { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).rooms ?? [];
}

function sorted(rooms) {
  return [...rooms].sort((a, b) => Number(b.live) - Number(a.live) || b.audience - a.audience || titleOf(a).localeCompare(titleOf(b)));
}

export function titleOf(room) {
  return room.title || room.id;
}

/** Rooms whose title, address or presenters contain every word of the query. */
export function matching(rooms, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rooms.filter((room) => {
    const text = [room.title, room.id, ...(room.presenters ?? [])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
