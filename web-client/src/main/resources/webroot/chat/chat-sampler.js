const SECOND_MS = 1000;

/**
 * Nobody reads more than 20 messages a second. Up to that all are shown; above it, the first 20 of each
 * second and whatever concerns the reader, and a figure says how many there were.
 */
export class ChatSampler {
  #perSecond;
  #now;
  #secondStart = -Infinity;
  #said = 0;
  #shown = 0;
  #lastSecond = 0;

  constructor({ perSecond = 20, now = () => performance.now() } = {}) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** @returns {boolean} whether to show this message; `important` ones always are */
  take(important = false) {
    this.#turn();
    this.#said += 1;
    if (!important && this.#shown >= this.#perSecond) return false;
    this.#shown += 1;
    return true;
  }

  /** How many messages the last whole second had; 0 when all of them were shown. */
  get rate() {
    this.#turn();
    return this.#lastSecond > this.#perSecond ? this.#lastSecond : 0;
  }

  #turn() {
    const passed = this.#now() - this.#secondStart;
    if (passed < SECOND_MS) return;
    this.#lastSecond = passed < 2 * SECOND_MS ? this.#said : 0;
    this.#secondStart = passed < 2 * SECOND_MS ? this.#secondStart + SECOND_MS : this.#now();
    this.#said = 0;
    this.#shown = 0;
  }
}
