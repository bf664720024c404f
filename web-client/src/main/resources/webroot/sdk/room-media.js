import { wasVisibleSince } from './first-frame.js';
import { GrandstandError } from './grandstand-error.js';
import { Publication } from './publication.js';
import { resumption } from './resumption.js';
import { StreamStats } from './stream-stats.js';
import { StreamView } from './stream-view.js';
import { WarmOffer } from './warm-offer.js';

/** What is watched and what is published in the room, kept so over lost sockets and lost media nodes. */
export class RoomMedia {
  #connection;
  #emit;
  #you = '';
  #warm = new WarmOffer();
  #views = new Map();
  #publications = new Map();
  #stats = new StreamStats();
  /** What the join took, until the server has been told; null then. */
  #joinMs = null;
  /** True between the server's `joined` and the loss of that socket: only then may streams be asked for. */
  #inside = false;

  /** The latest `seat` message; null before the first. */
  seat = null;

  /** @param {SignalingConnection} connection @param {(type: string, detail: any) => void} emit */
  constructor(connection, emit) {
    this.#connection = connection;
    this.#emit = emit;
  }

  get views() {
    return [...this.#views.values()];
  }

  get publications() {
    return [...this.#publications.values()];
  }

  /** Makes an offer ahead of need, typically while the socket is still opening. */
  prepare() {
    this.#warm.prepare();
  }

  async publish({ kind, media }) {
    if (!this.#you) throw new GrandstandError('not-joined', 'join a room before publishing');
    this.#publications.get(kind)?.close();
    const publication = new Publication(kind, media, this.#loan());
    this.#publications.set(kind, publication);
    try {
      await publication.start();
    } catch (failure) {
      if (this.#publications.get(kind) === publication) this.#publications.delete(kind);
      throw failure;
    }
    return publication;
  }

  async unpublish(kind) {
    const publication = this.#publications.get(kind);
    if (!publication) return;
    this.#publications.delete(kind);
    publication.close();
    if (this.#connection.isOpen) {
      await this.#connection.request({ type: 'unpublish', stream: publication.stream }).catch((failure) => {
        // It ended before it began, or by itself: as wished.
        if (failure.code !== 'unknown-stream') throw failure;
      });
    }
  }

  view(stream, video) {
    let view = this.#views.get(stream);
    if (!view) {
      view = new StreamView(stream, this.#loan());
      this.#views.set(stream, view);
      if (video) view.attach(video);
      view.ask();
    } else if (video) {
      view.attach(video);
    }
    return view;
  }

  unview(stream) {
    if (!this.#views.has(stream)) return;
    this.#forgetView(stream);
    this.#connection.send({ type: 'unview', stream });
  }

  stats() {
    return this.#stats.of(this.views, this.publications);
  }

  /**
   * In the room (again): what flowed all the while is left alone, what is gone is asked for anew.
   *
   * @param {number|null} joinMs what the join took; null when coming back
   * @returns {() => void} to be called when everybody has heard of it: what is published can wait for that
   */
  entered(joined, room, joinMs) {
    this.#joinMs = joinMs ?? this.#joinMs;
    this.#you = joined.you.id;
    this.#inside = true;
    this.#stats.entered(this.#connection.openedAtMs, room.streams.keys());
    this.#warm.useIceServers(joined.iceServers ?? []);
    const { livesOn, broken, unwanted } = resumption(joined, this.views, this.publications);
    for (const message of unwanted) this.#connection.send(message);
    for (const [stream, view] of this.#views) {
      if (!room.streams.has(stream)) this.#forgetView(stream);
      else if (broken.has(stream)) view.repair();
      else if (!livesOn.has(stream)) view.ask();
    }
    return () => {
      for (const publication of this.#publications.values()) {
        if (livesOn.has(publication.stream)) publication.goOn();
        else if (broken.has(publication.stream)) publication.repair();
        else publication.restart();
      }
    };
  }

  /** The socket is gone; pictures may still flow. */
  lostConnection() {
    this.#inside = false;
    this.seat = null;
    this.#publications.forEach((publication) => publication.pause());
  }

  /** The room was left. */
  forget() {
    for (const stream of [...this.#views.keys()]) this.#forgetView(stream);
    for (const publication of this.#publications.values()) publication.close();
    this.#publications.clear();
    this.#stats.left();
    this.#joinMs = null;
    this.#you = '';
    this.#inside = false;
    this.seat = null;
  }

  close() {
    this.#warm.close();
  }

  /** Waits in line once more: whatever was asked for is asked for again, and a seat with it. */
  askForSeatAgain() {
    if (this.seat?.state !== 'refused') return;
    this.seat = null;
    this.#views.forEach((view) => view.askIfWaiting());
    this.#publications.forEach((publication) => publication.restartIfWaiting());
  }

  /** A server message. */
  received(message) {
    switch (message.type) {
      case 'candidate':
        this.#endOf(message.stream)?.addRemoteCandidate(message.candidate);
        break;
      case 'seat':
        this.seat = message;
        if (message.state === 'granted') {
          this.#views.forEach((view) => view.askIfWaiting());
          this.#publications.forEach((publication) => publication.restartIfWaiting());
        }
        this.#emit('seat', message);
        break;
      case 'migrate':
        this.#published(message.stream)?.migrate();
        this.#views.get(message.stream)?.migrate();
        break;
      case 'mediaLost':
        this.#published(message.stream)?.restart();
        this.#views.get(message.stream)?.ask();
        this.#emit('mediaLost', { stream: message.stream });
        break;
      case 'streamStarted':
        this.#views.get(message.stream.id)?.askIfWaiting();
        break;
      case 'streamStopped':
        this.#forgetView(message.stream);
        if (message.reason === 'stepped-down') this.#takenOffStage(message.stream);
        break;
    }
  }

  #shown({ stream, firstAskedAtMs, firstFrameAtMs }) {
    if (!wasVisibleSince(firstAskedAtMs)) return;
    const report = { type: 'firstFrame', stream, viewMs: Math.round(firstFrameAtMs - firstAskedAtMs) };
    if (this.#joinMs !== null) report.joinMs = Math.round(this.#joinMs);
    this.#joinMs = null;
    // Only a meter lacks it: the stream has ended meanwhile, or the socket, or the server is of a version before this one.
    this.#connection.request(report).catch((failure) => console.debug('grandstand: not told of the first frame:', failure.message));
  }

  #takenOffStage(stream) {
    const publication = this.#published(stream);
    if (!publication) return;
    this.#publications.delete(publication.kind);
    publication.close();
    this.#emit('offStage', publication);
  }

  #published(stream) {
    return this.publications.find((publication) => publication.stream === stream);
  }

  #endOf(stream) {
    return this.#views.get(stream) ?? this.#published(stream);
  }

  #forgetView(stream) {
    const view = this.#views.get(stream);
    this.#views.delete(stream);
    this.#stats.forget(stream);
    view?.close();
  }

  /** What views and publications may use of the session. */
  #loan() {
    return {
      request: (message) => this.#connection.request(message),
      send: (message) => this.#connection.send(message),
      isInside: () => this.#inside,
      takeOffer: () => this.#warm.take(),
      iceServers: () => this.#warm.iceServers,
      mayView: () => this.#inside && this.seat?.state !== 'queued' && this.seat?.state !== 'refused',
      participantId: () => this.#you,
      changed: (what) => this.#emit(what instanceof StreamView ? 'view' : 'publication', what),
      media: (stream, media) => this.#emit('media', { stream, media }),
      shown: (view) => this.#shown(view),
    };
  }
}
