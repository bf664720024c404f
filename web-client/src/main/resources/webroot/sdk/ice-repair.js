const RESTART_AFTER_MS = 2000;
const WORKS_WITHIN_MS = 6000;

/**
 * Finds a connection a new way when its network changed: ICE restarts (RFC 8445, 2.4) while the endpoint at the
 * media node, and so the picture, stays. Where that is refused (a Kurento node cannot) or does not help, the owner
 * connects anew. While the socket is away it does nothing: the next join shows what lives on.
 */
export class IceRepair {
  #peer;
  #restart;
  #isInside;
  #anew;
  #timer;
  #running = false;
  #stopped = false;

  /**
   * @param {Peer} peer
   * @param {{restart: (sdp: string) => Promise<string>, isInside: () => boolean, anew: () => void}} owner
   *     restart sends the offer and brings the answer
   */
  constructor(peer, { restart, isInside, anew }) {
    this.#peer = peer;
    this.#restart = restart;
    this.#isInside = isInside;
    this.#anew = anew;
  }

  /** The connection's state, whenever it changed. A short gap heals by itself. */
  changed(state) {
    if (state === 'connected') this.#rest();
    else if (state === 'failed') this.run();
    else if (state === 'disconnected' && !this.#running) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.run(), RESTART_AFTER_MS);
    }
  }

  /** Now, since it is known that the connection does not work. */
  async run() {
    if (this.#running || this.#stopped || !this.#isInside()) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      await this.#peer.restart(this.#restart);
      if (this.#running && !this.#stopped) this.#timer = setTimeout(() => this.#judge(), WORKS_WITHIN_MS);
    } catch (failure) {
      this.#running = false;
      if (failure.code !== 'disconnected') this.#giveUp();
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #rest() {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** A connection that works while a new way is found tells of no change: its state stays what it was. */
  #judge() {
    if (this.#peer.isConnected) this.#rest();
    else this.#giveUp();
  }

  #giveUp() {
    if (this.#stopped) return;
    this.stop();
    this.#anew();
  }
}
