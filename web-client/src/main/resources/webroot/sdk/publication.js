import { retryDelayMs } from './backoff.js';
import { GrandstandError } from './grandstand-error.js';
import { IceRepair } from './ice-repair.js';
import { Peer } from './peer.js';

const ENCODINGS = {
  camera: { video: { maxBitrate: 1_500_000, maxFramerate: 30 }, audio: { maxBitrate: 64_000 } },
  screen: { video: { maxBitrate: 2_500_000, maxFramerate: 30 }, audio: { maxBitrate: 128_000 } },
};

const START_WITHIN_MS = 30_000;
const MIGRATE_AGAIN_MS = 500;

/**
 * One camera or screen that this client puts into the room, once, whatever the number of viewers.
 * Offers again by itself after a lost socket, a lost media node or a failed connection.
 *
 * States: `asking` → `connecting` → `live`; `retrying`; `failed` (`error` says why); `stopped`.
 */
export class Publication {
  #session;
  #peer = null;
  /** What goes on while another connection takes its place. */
  #former = null;
  /** Of no more use. To close a connection holds the browser up, so it is done once the next offer is on its way. */
  #left = [];
  #repair = null;
  #starting = null;
  #retryTimer;
  #waiting = false;
  #attempt = 0;
  #round = 0;
  #muted = { audio: false, video: false };

  state = 'asking';
  /** @type {GrandstandError|null} */
  error = null;
  /** The stream's id in the room; a new session of ours gives it a new one. */
  stream = '';

  /**
   * @param {'camera'|'screen'} kind
   * @param {MediaStream} media stays the caller's: stopping the publication stops no track
   */
  constructor(kind, media, session) {
    this.kind = kind;
    this.media = media;
    this.#session = session;
  }

  get connection() {
    return this.#sending?.connection ?? null;
  }

  /** Whether the media node receives what is sent. */
  get isConnected() {
    return this.#sending?.isConnected ?? false;
  }

  /** The peer that the audience is fed from. */
  get #sending() {
    return this.#former ?? this.#peer;
  }

  /**
   * What may pass is tried again meanwhile, with growing delays: a cold start takes a moment, and so does a seat.
   *
   * @returns {Promise<void>} fulfilled when the server has it; rejects with the refusal that no further attempt would
   *     change, or with the last one after half a minute. The publication is then `failed`
   */
  start() {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject, until: performance.now() + START_WITHIN_MS };
      this.#attemptToPublish('asking');
    });
  }

  /** The same again after a loss; failures that may pass are retried with growing delays, for as long as it takes. */
  restart() {
    if (this.state !== 'stopped' && this.state !== 'failed') this.#attemptToPublish('retrying');
  }

  /** To another media node: what is sent goes on as it is until everybody watches the new connection. */
  async migrate() {
    if (this.state !== 'live' || !this.isConnected) {
      this.restart();
      return;
    }
    const round = this.#stepAside();
    try {
      await this.#offer(round);
    } catch (failure) {
      if (round === this.#round) this.#notMigrated(failure);
    }
  }

  /** A seat was granted: whoever waited for it does not wait for the next attempt. */
  restartIfWaiting() {
    if (this.#waiting) this.restart();
  }

  /** After a `pause`: the session was resumed, and the picture flowed all the while. */
  goOn() {
    this.error = null;
    if (this.state === 'retrying') this.#become('live');
  }

  /** After a `pause`: the server has the connection's other end still, but nothing comes through. */
  repair() {
    if (this.#peer?.isAnswered) this.#repair.run();
    else this.restart();
  }

  /** The socket is gone: the picture may still flow; the next join shows whether it has to be published again. */
  pause() {
    this.#round += 1;
    this.#waitNoMore();
    if (this.state !== 'stopped' && this.state !== 'failed') this.#become('retrying');
  }

  /** Another camera or microphone without negotiating again. */
  async replaceTrack(track) {
    const old = this.media.getTracks().find((t) => t.kind === track.kind);
    for (const peer of [this.#former, this.#peer]) await peer?.replaceTrack(track.kind, track);
    if (old) this.media.removeTrack(old);
    this.media.addTrack(track);
  }

  /**
   * Shows everybody that the microphone or camera is off; turning the track off is the caller's. Said again
   * by itself when the stream has to be published again.
   */
  showMuted({ audio = false, video = false }) {
    if (this.#muted.audio === audio && this.#muted.video === video) return;
    this.#muted = { audio, video };
    this.#tellMuted();
  }

  addRemoteCandidate(candidate) {
    this.#peer?.addRemoteCandidate(candidate);
  }

  close() {
    this.#round += 1;
    this.#waitNoMore();
    this.#hangUp();
    this.#become('stopped');
    this.#started((starting) => starting.reject(new GrandstandError('closed', 'it was ended before it began')));
  }

  async #attemptToPublish(state) {
    const round = this.#begin(state);
    try {
      await this.#offer(round);
    } catch (failure) {
      if (round === this.#round) this.#refused(failure);
    }
  }

  #refused(failure) {
    const taken = failure.code === 'stream-taken' && !this.#starting;
    if (taken) this.#session.send({ type: 'unpublish', stream: this.stream });
    const delay = Math.max(300, retryDelayMs(this.#attempt++));
    if (taken || failure.code === 'no-seat' || (failure.temporary && !this.#isLate(delay))) {
      this.error = failure;
      this.#become('retrying');
      this.#waiting = true;
      this.#retryTimer = setTimeout(() => this.restart(), delay);
    } else {
      this.#fail(failure);
    }
  }

  #isLate(delay) {
    return this.#starting !== null && performance.now() + delay > this.#starting.until;
  }

  #started(settle) {
    const starting = this.#starting;
    this.#starting = null;
    if (starting) settle(starting);
  }

  #waitNoMore() {
    this.#waiting = false;
    clearTimeout(this.#retryTimer);
  }

  #begin(state) {
    this.#waitNoMore();
    this.#leave();
    this.stream = `${this.#session.participantId()}-${this.kind}`;
    this.#become(state);
    return ++this.#round;
  }

  /** @returns {number} the round of the connection that is to take the present one's place */
  #stepAside() {
    this.#waitNoMore();
    this.#repair?.stop();
    if (this.#former) this.#peer?.close();
    else this.#former = this.#peer;
    this.#former.onState(() => {});
    this.#peer = null;
    return ++this.#round;
  }

  /** What is there goes on; where it cannot in the end, the server says so. */
  #notMigrated(failure) {
    this.#peer?.close();
    this.#peer = null;
    if (failure.temporary) this.#retryTimer = setTimeout(() => this.migrate(), MIGRATE_AGAIN_MS);
  }

  /** The new connection works; the former one may end once the audience is led over, which the answer says. */
  async #changeOver(round) {
    try {
      await this.#session.request({ type: 'migrated', stream: this.stream });
    } catch (failure) {
      if (round !== this.#round) return;
      if (failure.temporary) {
        this.#retryTimer = setTimeout(() => this.#changeOver(round), MIGRATE_AGAIN_MS);
        return;
      }
    }
    if (round !== this.#round) return;
    this.#former?.close();
    this.#former = null;
  }

  #leave() {
    this.#repair?.stop();
    this.#left.push(...[this.#former, this.#peer].filter((peer) => peer));
    this.#former = null;
    this.#peer = null;
  }

  #closeLeft() {
    for (const peer of this.#left.splice(0)) peer.close();
  }

  #hangUp() {
    this.#leave();
    this.#closeLeft();
  }

  async #offer(round) {
    const peer = Peer.sending(this.#session.iceServers(), this.media, ENCODINGS[this.kind] ?? {});
    this.#peer = peer;
    this.#repair = new IceRepair(peer, {
      restart: async (sdp) => (await this.#session.request({ type: 'restartIce', stream: this.stream, sdp })).sdp,
      isInside: this.#session.isInside,
      anew: () => this.#publishAgain(),
    });
    peer.onState((state) => this.#connectionChanged(peer, state));
    const stream = this.stream;
    const sdp = await peer.offer();
    if (round !== this.#round) return;
    const answered = this.#session.request({ type: 'publish', stream, kind: this.kind, sdp });
    this.#closeLeft();
    const answer = await answered;
    if (round !== this.#round) return;
    // As in stream-view.js: before the answer there may be no endpoint to give candidates to.
    peer.trickleTo((candidate) => this.#session.send({ type: 'candidate', stream, candidate }));
    await peer.accept(answer.sdp);
    if (round !== this.#round) return;
    this.error = null;
    if (this.state !== 'live') this.#become('connecting');
    if (this.#muted.audio || this.#muted.video) this.#tellMuted();
  }

  /** Not awaited: a stream that is not there any more has nothing to show. */
  #tellMuted() {
    this.#session.send({ type: 'muteStream', stream: this.stream, muted: this.#muted });
  }

  #connectionChanged(peer, state) {
    if (peer !== this.#peer) return;
    if (state === 'connected') {
      this.#attempt = 0;
      this.#become('live');
      if (this.#former) this.#changeOver(this.#round);
    }
    if (peer.isAnswered) this.#repair.changed(state);
    else if (state === 'failed') this.#publishAgain();
  }

  #publishAgain() {
    if (this.#former?.isConnected) {
      this.migrate();
      return;
    }
    this.#session.send({ type: 'unpublish', stream: this.stream });
    this.restart();
  }

  #fail(failure) {
    this.error = failure;
    this.#hangUp();
    this.#become('failed');
    this.#started((starting) => starting.reject(failure));
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    if (state === 'connecting' || state === 'live') this.#started((starting) => starting.resolve());
    this.#session.changed(this);
  }
}
