import { retryDelayMs } from './backoff.js';
import { GrandstandError } from './grandstand-error.js';
import { IceRepair } from './ice-repair.js';
import { swapPicture } from './picture-swap.js';

const OLD_PICTURE_FOR_MS = 30_000;
/** To close a connection keeps browser and node busy for a moment, so not while the new picture begins. */
const CLOSE_AFTER_MS = 1000;

/**
 * One stream that this client watches, for as long as it wants it: asks, connects, shows, and asks
 * again whenever the picture was lost. The old picture stays until the new one moves.
 *
 * States: `asking` → `connecting` → `playing`; `waiting` (for a seat or the next attempt);
 * `failed` (the server will not give it; `error` says why); `closed`.
 */
export class StreamView {
  #session;
  #peer = null;
  #oldPeer = null;
  /** Whether the old peer's picture is still what is seen. */
  #oldIsSeen = false;
  #video = null;
  #stopWaitingForFrame = () => {};
  #repair = null;
  #retryTimer;
  #oldTimer;
  #attempt = 0;
  #round = 0;
  #migrating = false;
  /** Whether the server has still to be told that nothing of the former node is used any more. */
  #moved = false;

  state = 'waiting';
  /** @type {GrandstandError|null} */
  error = null;
  firstAskedAtMs = 0;
  firstFrameAtMs = 0;

  /** @param session what room-media.js lends its views */
  constructor(stream, session) {
    this.stream = stream;
    this.#session = session;
  }

  get connection() {
    return this.#peer?.connection ?? null;
  }

  /** Whether the picture flows, or would if there were one. */
  get isConnected() {
    return this.#peer?.connection.connectionState === 'connected' && this.state !== 'asking';
  }

  get mediaStream() {
    return this.#peer?.media ?? null;
  }

  /** Plays into this element from now on, whatever peer connection stands behind it. */
  attach(video) {
    this.#video = video;
    if (this.#peer && this.state !== 'asking') this.#show();
  }

  /** Asks the server for the stream. Whatever ran before is replaced without taking the picture away. */
  async ask() {
    clearTimeout(this.#retryTimer);
    if (this.state === 'closed') return;
    this.#repair?.stop();
    const round = ++this.#round;
    if (!this.#session.mayView()) {
      this.#become('waiting');
      return;
    }
    this.#keepOldPicture();
    this.firstAskedAtMs ||= performance.now();
    const peer = this.#session.takeOffer();
    this.#peer = peer;
    this.#repair = new IceRepair(peer, {
      restart: async (sdp) => (await this.#session.request({ type: 'restartIce', stream: this.stream, sdp })).sdp,
      isInside: this.#session.isInside,
      anew: () => this.#askAgain(),
    });
    peer.onState((state) => this.#connectionChanged(peer, state));
    this.error = null;
    this.#become('asking');
    try {
      // Without a detour if the offer is ready: a promise would let everything that is drawn now go first.
      const sdp = peer.offerIfReady() ?? await peer.offer();
      if (round !== this.#round) return;
      const answer = await this.#session.request({ type: 'view', stream: this.stream, sdp });
      if (round !== this.#round) return;
      const accepted = peer.accept(answer.sdp);
      // Not sooner: while the server still waits for a seat it has no endpoint to give candidates to.
      // It costs nothing, since the browser cannot check a pair before it has the answer either.
      peer.trickleTo((candidate) => this.#session.send({ type: 'candidate', stream: this.stream, candidate }));
      await accepted;
      if (round !== this.#round) return;
      this.#become('connecting');
      this.#show();
    } catch (failure) {
      if (round === this.#round) this.#refused(failure);
    }
  }

  addRemoteCandidate(candidate) {
    this.#peer?.addRemoteCandidate(candidate);
  }

  /** The server has the connection's other end still, but nothing comes through: perhaps by another way. */
  repair() {
    if (this.#peer?.isAnswered && this.state !== 'asking') this.#repair.run();
    else this.ask();
  }

  /** To another media node: what flows goes on until the new connection shows a frame, and the server is told. */
  migrate() {
    this.#migrating = true;
    this.ask();
  }

  /** A seat was granted, or the stream was started again: what waited asks now. */
  askIfWaiting() {
    if (this.state === 'waiting') this.ask();
  }

  close() {
    this.#round += 1;
    clearTimeout(this.#retryTimer);
    this.#repair?.stop();
    this.#stopWaitingForFrame();
    this.#moved = false;
    this.#closeOld();
    this.#peer?.close();
    this.#peer = null;
    if (this.#video) this.#video.srcObject = null;
    this.#video = null;
    this.#become('closed');
  }

  #refused(failure) {
    this.error = failure instanceof GrandstandError ? failure : new GrandstandError('internal', String(failure));
    this.#peer?.close();
    this.#peer = null;
    // From the queue on it begins anew: how long people wait there is told by the queue.
    if (this.error.code === 'no-seat' && !this.firstFrameAtMs) this.firstAskedAtMs = 0;
    if (this.error.code === 'no-seat' || this.error.temporary) {
      this.#become('waiting');
      // A new socket, a granted seat or a restarted stream asks sooner than this timer.
      const delay = Math.max(500, retryDelayMs(this.#attempt++));
      this.#retryTimer = setTimeout(() => this.ask(), delay);
    } else {
      this.#become('failed');
    }
  }

  #connectionChanged(peer, state) {
    if (peer !== this.#peer) return;
    if (state === 'connected' && !peer.media.getVideoTracks().length) {
      this.#become('playing');
      this.#oldIsUnseen();
    }
    if (peer.isAnswered) this.#repair.changed(state);
    else if (state === 'failed') this.#askAgain();
  }

  #askAgain() {
    this.#session.send({ type: 'unview', stream: this.stream });
    this.ask();
  }

  #show() {
    const video = this.#video;
    const media = this.#peer?.media;
    this.#session.media(this.stream, media);
    if (!video || !media) return;
    this.#stopWaitingForFrame();
    this.#stopWaitingForFrame = swapPicture(video, media, (atMs) => {
      if (!this.firstFrameAtMs) {
        this.firstFrameAtMs = atMs;
        this.#session.shown(this);
      }
      this.#attempt = 0;
      this.#become('playing');
      this.#oldIsUnseen();
    }, this.#migrating);
  }

  #oldIsUnseen() {
    this.#oldIsSeen = false;
    this.#moved ||= this.#migrating;
    this.#migrating = false;
    this.#closeOldAfter(CLOSE_AFTER_MS);
  }

  /** What is on the screen is of the old peer until the new one has shown a frame, at however many attempts. */
  #keepOldPicture() {
    this.#stopWaitingForFrame();
    const former = this.#peer;
    this.#peer = null;
    if (!former) return;
    if (this.#oldIsSeen) {
      former.close();
      return;
    }
    // What is asked for now takes the place of what had not been said yet: it would be taken for a later move's.
    this.#migrating ||= this.#moved;
    this.#moved = false;
    this.#closeOld();
    former.onState(() => {});
    this.#oldPeer = former;
    this.#oldIsSeen = true;
    this.#closeOldAfter(OLD_PICTURE_FOR_MS);
  }

  #closeOldAfter(ms) {
    clearTimeout(this.#oldTimer);
    this.#oldTimer = setTimeout(() => this.#closeOld(), ms);
  }

  #closeOld() {
    clearTimeout(this.#oldTimer);
    this.#oldPeer?.close();
    this.#oldPeer = null;
    this.#oldIsSeen = false;
    if (this.#moved) this.#session.send({ type: 'migrated', stream: this.stream });
    this.#moved = false;
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#session.changed(this);
  }
}
