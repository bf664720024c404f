import { GrandstandError } from './grandstand-error.js';
import { RoomModel } from './room-model.js';

const LEAVE_WITHIN_MS = 2000;

/**
 * Being in a room, over however many sockets: joins, comes back with the token that the server gave, and, if
 * that is worth nothing any more, joins as somebody new. One room at a time.
 *
 * `handlers`: `dial()` a socket is wanted; `joining()`; `entered(joined, again)` at each success, before whoever
 * awaits `join` hears of it; `left()` when the room is forgotten, while `room` is still there; `refused(failure)`
 * when coming back failed for good.
 */
export class Visit {
  #connection;
  #handlers;
  #wanted = null;
  #token = null;
  #waiting = null;
  #wantedAtMs = 0;

  /** From wanting to enter to being in the room, for the first time of this visit. */
  joinMs = 0;

  /** @type {RoomModel|null} */
  room = null;

  constructor(connection, handlers) {
    this.#connection = connection;
    this.#handlers = handlers;
  }

  get isWanted() {
    return this.#wanted !== null;
  }

  /** The token for coming back that counts from now on. */
  set token(token) {
    this.#token = token;
  }

  async join(request) {
    if (this.#wanted) await this.leave();
    this.#wanted = request;
    this.#wantedAtMs = performance.now();
    const outcome = new Promise((resolve, reject) => { this.#waiting = { resolve, reject }; });
    if (this.#connection.isOpen) this.enter();
    else this.#handlers.dial();
    return outcome;
  }

  /** A socket is open: into the room, if one is wanted. */
  async enter() {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#handlers.joining();
    const given = Object.fromEntries(
      Object.entries({ ...wanted, resume: this.#token }).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    try {
      const joined = await this.#connection.request({ type: 'join', ...given });
      if (this.#wanted === wanted) this.#entered(joined);
    } catch (failure) {
      if (this.#wanted === wanted) this.#notEntered(failure);
    }
  }

  async leave() {
    const wasIn = this.room !== null;
    this.forget();
    if (!wasIn || !this.#connection.isOpen) return;
    try {
      await this.#connection.request({ type: 'leave' }, LEAVE_WITHIN_MS);
    } catch {
      // The server's view of us is unknown now; a new socket is a clean start.
      this.#connection.restart('leaving was not confirmed', { asBefore: false });
    }
  }

  async rename(name) {
    await this.#connection.request({ type: 'rename', name });
    if (this.#wanted) this.#wanted = { ...this.#wanted, name };
  }

  /** Not in the room any more, whatever the server still has to hear. */
  forget() {
    this.#handlers.left();
    this.#wanted = null;
    this.#token = null;
    this.room = null;
    this.#waiting?.reject(new GrandstandError('closed', 'the room was left before it was entered'));
    this.#waiting = null;
  }

  #entered(joined) {
    const again = this.room !== null;
    if (!again) this.joinMs = performance.now() - this.#wantedAtMs;
    this.room = new RoomModel(joined, this.room);
    this.#token = joined.resume ?? null;
    this.#connection.markHealthy();
    this.#handlers.entered(joined, again);
    this.#waiting?.resolve(this.room);
    this.#waiting = null;
  }

  #notEntered(failure) {
    if (failure.code === 'disconnected') return;
    if (this.#token && ['unauthorized', 'refused'].includes(failure.code)) {
      // The old session cannot be taken up again; come as somebody new.
      this.#token = null;
      this.enter();
      return;
    }
    if ((failure.temporary && failure.code !== 'not-found') || failure.code === 'already-joined') {
      this.#connection.restart(failure.message, { asBefore: this.#token !== null });
      return;
    }
    const waiting = this.#waiting;
    // Taken out first: whoever waits hears this refusal and not that the room was left.
    this.#waiting = null;
    this.forget();
    this.#connection.close();
    if (waiting) waiting.reject(failure);
    else this.#handlers.refused(failure);
  }
}
