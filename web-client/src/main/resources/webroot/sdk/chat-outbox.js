import { GrandstandError } from './grandstand-error.js';

const KEPT = 16;
const TRIED_FOR_MS = 60_000;
const AGAIN_AFTER_MS = 1000;
/** After these nobody knows whether the message was said. */
const UNSURE = ['disconnected', 'timeout', 'unavailable', 'not-joined'];

/**
 * Messages on their way. Each has a name of our own, under which the server says it once however often it
 * is sent; so after a lost answer or a lost connection it is simply sent again. At most 16 at a time and for
 * a minute each: so many, and longer, the server remembers.
 */
export class ChatOutbox {
  #request;
  #timers;
  #waiting = new Set();

  /** @param {(message: object) => Promise<object>} request */
  constructor(request, { now = () => performance.now(), later = (action, ms) => setTimeout(action, ms), newId = randomId } = {}) {
    this.#request = request;
    this.#timers = { now, later, newId };
  }

  /** @returns {Promise<{message: string}>} once it is said, under which id; rejects with GrandstandError if it will not be */
  send(text) {
    if (this.#waiting.size >= KEPT) {
      return Promise.reject(new GrandstandError('rate-limited', 'Too many messages are still on their way.'));
    }
    return new Promise((resolve, reject) => {
      const letter = { text, clientId: this.#timers.newId(), since: this.#timers.now(), resolve, reject, underWay: false };
      this.#waiting.add(letter);
      this.#try(letter);
    });
  }

  /** In the room again: what was not answered is sent again. */
  resend() {
    for (const letter of this.#waiting) this.#try(letter);
  }

  /** The room was left. */
  failAll(failure) {
    for (const letter of this.#waiting) letter.reject(failure);
    this.#waiting.clear();
  }

  get size() {
    return this.#waiting.size;
  }

  async #try(letter) {
    if (letter.underWay || !this.#waiting.has(letter)) return;
    letter.underWay = true;
    try {
      const reply = await this.#request({ type: 'chat', text: letter.text, clientId: letter.clientId });
      if (this.#waiting.delete(letter)) letter.resolve({ message: reply.message });
    } catch (failure) {
      const hopeless = !UNSURE.includes(failure.code) || this.#timers.now() - letter.since > TRIED_FOR_MS;
      if (hopeless && this.#waiting.delete(letter)) letter.reject(failure);
      else this.#timers.later(() => this.#try(letter), AGAIN_AFTER_MS);
    } finally {
      letter.underWay = false;
    }
  }
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
