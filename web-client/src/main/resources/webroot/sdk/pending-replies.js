import { GrandstandError } from './grandstand-error.js';

/** Requests that wait for the reply with their id. Every wait is bounded, and so is their number. */
export class PendingReplies {
  #nextId = 1;
  #waiting = new Map();
  #limit;

  constructor(limit = 256) {
    this.#limit = limit;
  }

  /**
   * @param {string} what the request's type, for the words of a failure
   * @param {number} waitMs
   * @returns {{id: number, reply: Promise<object>}} reply rejects with a GrandstandError
   */
  open(what, waitMs) {
    const id = this.#nextId++;
    if (this.#waiting.size >= this.#limit) {
      return { id, reply: Promise.reject(new GrandstandError('rate-limited', `too many requests wait; ${what} was not sent`)) };
    }
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new GrandstandError('timeout', `no answer to ${what} within ${waitMs} ms`));
      }, waitMs);
      this.#waiting.set(id, { resolve, reject, timer });
    });
    return { id, reply };
  }

  /** @returns {boolean} whether the message was the reply that somebody waited for */
  settle(message) {
    const waiter = this.#take(message.id);
    if (!waiter) return false;
    if (message.type === 'error') {
      waiter.reject(new GrandstandError(message.code, message.message ?? message.code, message.field));
    } else {
      waiter.resolve(message);
    }
    return true;
  }

  failAll(code, message) {
    for (const id of [...this.#waiting.keys()]) {
      this.#take(id).reject(new GrandstandError(code, message));
    }
  }

  get size() {
    return this.#waiting.size;
  }

  #take(id) {
    const waiter = this.#waiting.get(id);
    if (!waiter) return undefined;
    this.#waiting.delete(id);
    clearTimeout(waiter.timer);
    return waiter;
  }
}
