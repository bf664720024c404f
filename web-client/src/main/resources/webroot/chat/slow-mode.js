/** How long somebody has to wait before the next message. The server decides; this only tells it ahead. */
export class SlowMode {
  #now;
  #saidAt = -Infinity;

  seconds = 0;
  exempt = false;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** A message of one's own was accepted. */
  said() {
    this.#saidAt = this.#now();
  }

  /** Whole seconds still to wait, rounded up. */
  get waitSeconds() {
    if (this.exempt || this.seconds === 0) return 0;
    return Math.max(0, Math.ceil((this.#saidAt + this.seconds * 1000 - this.#now()) / 1000));
  }

  /** @returns {string} for people; empty when there is nothing to say */
  get words() {
    if (this.seconds === 0) return '';
    const every = this.seconds % 60 === 0 ? `${this.seconds / 60} min` : `${this.seconds} s`;
    if (this.exempt) return `Slow mode: one message every ${every} for everybody but moderators`;
    const wait = this.waitSeconds;
    return wait > 0 ? `Slow mode: you can write again in ${wait} s` : `Slow mode: one message every ${every}`;
  }
}
