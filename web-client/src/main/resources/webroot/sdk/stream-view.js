import { retryDelayMs } from './backoff.js';
import { GrandstandError } from './grandstand-error.js';
import { onFirstFrame } from './first-frame.js';

const DISCONNECTED_FOR_MS = 4000;
const OLD_PICTURE_FOR_MS = 30_000;

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
  #video = null;
  #stopWaitingForFrame = () => {};
  #retryTimer;
  #lostTimer;
  #oldTimer;
  #attempt = 0;
  #round = 0;

  state = 'waiting';
  /** @type {GrandstandError|null} */
  error = null;
  firstAskedAtMs = 0;
  firstFrameAtMs = 0;

  /** @param session what the client lends its views: request, send, takeOffer, mayView, changed, media */
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
    clearTimeout(this.#lostTimer);
    if (this.state === 'closed') return;
    const round = ++this.#round;
    if (!this.#session.mayView()) {
      this.#become('waiting');
      return;
    }
    this.#keepOldPicture();
    this.firstAskedAtMs ||= performance.now();
    const peer = this.#session.takeOffer();
    this.#peer = peer;
    peer.onState((state) => this.#connectionChanged(peer, state));
    this.error = null;
    this.#become('asking');
    try {
      // Without a detour if the offer is ready: a promise would let everything that is drawn now go first.
      const sdp = peer.readyOffer ?? await peer.offer();
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

  /** A seat was granted, or the stream was started again: what waited asks now. */
  askIfWaiting() {
    if (this.state === 'waiting') this.ask();
  }

  close() {
    this.#round += 1;
    for (const timer of [this.#retryTimer, this.#lostTimer]) clearTimeout(timer);
    this.#stopWaitingForFrame();
    this.#dropOldPicture();
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
    clearTimeout(this.#lostTimer);
    if (state === 'connected' && !peer.media.getVideoTracks().length) this.#become('playing');
    if (state === 'failed') this.#askAgain();
    // A short gap heals by itself; a longer one is quicker to ask anew than to wait for `failed`.
    if (state === 'disconnected') this.#lostTimer = setTimeout(() => this.#askAgain(), DISCONNECTED_FOR_MS);
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
    if (this.#oldPeer) {
      // The element keeps the last picture of the old peer until the new one receives.
      const track = media.getVideoTracks()[0] ?? media.getAudioTracks()[0];
      if (track?.muted) {
        track.addEventListener('unmute', () => { if (this.#peer?.media === media) this.#swap(video, media); }, { once: true });
        return;
      }
    }
    this.#swap(video, media);
  }

  #swap(video, media) {
    this.#stopWaitingForFrame();
    if (video.srcObject !== media) video.srcObject = media;
    this.#stopWaitingForFrame = onFirstFrame(video, (atMs) => {
      this.firstFrameAtMs ||= atMs;
      this.#attempt = 0;
      this.#dropOldPicture();
      this.#become('playing');
    });
  }

  #keepOldPicture() {
    if (!this.#peer) return;
    this.#dropOldPicture();
    this.#peer.onState(() => {});
    this.#oldPeer = this.#peer;
    this.#peer = null;
    this.#oldTimer = setTimeout(() => this.#dropOldPicture(), OLD_PICTURE_FOR_MS);
  }

  #dropOldPicture() {
    clearTimeout(this.#oldTimer);
    this.#oldPeer?.close();
    this.#oldPeer = null;
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#session.changed(this);
  }
}
