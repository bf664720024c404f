import { Peer } from './peer.js';

const FRESH_FOR_MS = 60_000;
/** What was just taken connects and shows its first frames until then, and needs the processor itself. */
const REFILL_AFTER_MS = 3000;

/**
 * Keeps one receiving peer with its offer made and its candidates gathered, so that the next view
 * starts with a message instead of with 20–60 ms of preparation. An offer that is older than a
 * minute may hold addresses that are gone, so it is thrown away.
 */
export class WarmOffer {
  #spare = null;
  #iceServers = [];
  #refillTimer;
  #closed = false;

  /** Makes the spare now, typically while the socket is still opening. */
  prepare() {
    this.#closed = false;
    if (!this.#spare) this.#spare = Peer.receiving(this.#iceServers);
  }

  /** Servers that the server hands out on joining; a spare made for others is of no use. */
  useIceServers(iceServers) {
    if (JSON.stringify(iceServers) === JSON.stringify(this.#iceServers)) return;
    this.#iceServers = iceServers;
    this.#discard();
    // Not at once: whoever comes back has pictures that flow, and whoever views something takes one anyway.
    this.#refillLater();
  }

  get iceServers() {
    return this.#iceServers;
  }

  /** @returns {Peer} whose offer is ready or under way; the next spare follows a moment later */
  take() {
    const spare = this.#spare;
    this.#spare = null;
    this.#refillLater();
    if (spare && performance.now() - spare.createdAtMs < FRESH_FOR_MS) return spare;
    spare?.close();
    return Peer.receiving(this.#iceServers);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#refillTimer);
    this.#discard();
  }

  #refillLater() {
    clearTimeout(this.#refillTimer);
    // Not at once: what was just taken has the processor first.
    this.#refillTimer = setTimeout(() => { if (!this.#closed) this.prepare(); }, REFILL_AFTER_MS);
  }

  #discard() {
    this.#spare?.close();
    this.#spare = null;
  }
}
