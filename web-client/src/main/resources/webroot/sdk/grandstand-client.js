import { Emitter } from './emitter.js';
import { GrandstandError } from './grandstand-error.js';
import { mediaFigures } from './media-figures.js';
import { Publication } from './publication.js';
import { RoomChat } from './room-chat.js';
import { resumption } from './resumption.js';
import { RoomModel } from './room-model.js';
import { RoomModeration } from './room-moderation.js';
import { SignalingConnection } from './signaling-connection.js';
import { StreamView } from './stream-view.js';
import { WarmOffer } from './warm-offer.js';

export { GrandstandError };

const LEAVE_WITHIN_MS = 2000;
const CHAT_CHANGES = ['messageDeleted', 'chatCleared', 'messagePinned', 'messageUnpinned', 'slowMode'];

/**
 * A place in a room: people, chat, what is on air, and your own camera, over one WebSocket that
 * comes back by itself.
 *
 * ```js
 * import { GrandstandClient } from '/sdk/grandstand-client.js';
 * const client = new GrandstandClient();
 * client.on('joined', ({ room }) => room.streams.forEach(({ id }) => client.view(id, video)));
 * client.on('chat', ({ message }) => console.log(message.name, message.text));
 * await client.join({ room: 'opening-night', name: 'Ann' });
 * await client.publish({ kind: 'camera', media: await navigator.mediaDevices.getUserMedia({ video: true, audio: true }) });
 * ```
 *
 * After a lost socket (delays 0, 0.3, 1.2, 2.7, 4.8, then 7 s, ±20 %) it comes back with the token
 * that the server gave it: the same participant, and pictures that flow all the while are left alone.
 * Whoever was away for longer than the server waits joins as somebody new, publishes what was published
 * and views what was viewed. Either way `joined` then says `again: true`.
 *
 * Events (`client.on(type, listener)` returns a function that stops it):
 * - `connection` `{state, attempt, retryInMs, reason}`; state: `connecting`, `joining`, `joined`,
 *   `reconnecting`, `closed`
 * - `joined` `{room, again}`; room is a RoomModel, kept up to date as `client.room`
 * - `room` `{room, message}` after any change of people, streams or title
 * - `streamStarted` `{stream}`, `streamStopped` `{stream, reason}`
 * - `chat` `{message}`, `chatChanged` `{message}`, `reactions` `{counts, totals}`: see room-chat.js
 * - `seat` `{state: 'granted'|'queued', position, expectedWaitMs}`
 * - `view` StreamView and `publication` Publication, whenever their `state` changed
 * - `offStage` Publication that ended because you stepped down or were taken off the stage
 * - `media` `{stream, media}` when a viewed stream got a (new) MediaStream
 * - `removed` GrandstandError when shown out: `code` is `kicked`, `banned`, `room-closed` or `expired`
 * - `error` GrandstandError that answers no request; `refused` GrandstandError when joining again failed for good
 */
export class GrandstandClient {
  #events = new Emitter();
  #connection;
  #warm = new WarmOffer();
  #wanted = null;
  #resume = null;
  #joining = null;
  #views = new Map();
  #publications = new Map();
  #lastFigures = new Map();
  #firstSocket = null;
  #state = 'closed';
  /** True between the server's `joined` and the loss of that socket: only then may streams be asked for. */
  #inside = false;

  /** @type {RoomModel|null} */
  room = null;
  /** What can be asked of the room's chat. */
  roomChat = new RoomChat((message) => this.#connection.request(message), () => this.room);
  /** What moderators can ask for. */
  moderation = new RoomModeration((message) => this.#connection.request(message));
  /** The latest `seat` message; null before the first. */
  seat = null;

  /** @param {{url?: string}} options url of the signaling socket; by default `/ws` of this page's host */
  constructor({ url = defaultUrl(), ...forTests } = {}) {
    this.#connection = new SignalingConnection(url, {
      opened: () => this.#enter(),
      message: (message) => this.#received(message),
      changed: (status) => this.#connectionChanged(status),
    }, forTests);
  }

  on(type, listener) {
    return this.#events.on(type, listener);
  }

  /** `closed`, `connecting`, `joining`, `joined` or `reconnecting`. */
  get state() {
    return this.#state;
  }

  get views() {
    return [...this.#views.values()];
  }

  get publications() {
    return [...this.#publications.values()];
  }

  /** Opens the socket ahead of `join`, for instance while somebody still types a name. */
  connect() {
    this.#warm.prepare();
    this.#connection.open();
  }

  /**
   * Enters a room; opens it if it is not there. When in another room, leaves that first.
   *
   * @param {{room: string, name: string, title?: string, role?: string, token?: string}} request
   *     room: `[a-z0-9][a-z0-9-]{0,63}`; name: 1 to 40 characters
   * @returns {Promise<RoomModel>} rejects with a GrandstandError when refused; passing failures are retried
   */
  async join(request) {
    if (this.#wanted) await this.leave();
    this.#wanted = request;
    const outcome = new Promise((resolve, reject) => { this.#joining = { resolve, reject }; });
    if (this.#connection.isOpen) this.#enter();
    else this.connect();
    return outcome;
  }

  /** Leaves the room; the socket stays for the next join. */
  async leave() {
    const wasIn = this.room !== null;
    this.#forgetRoom();
    if (!wasIn || !this.#connection.isOpen) return;
    try {
      await this.#connection.request({ type: 'leave' }, LEAVE_WITHIN_MS);
    } catch {
      // The server's view of us is unknown now; a new socket is a clean start.
      this.#connection.restart('leaving was not confirmed');
    }
  }

  /** For `pagehide`: says goodbye without waiting, so that nobody sees a ghost for the grace time. */
  leaveNow() {
    this.#connection.send({ type: 'leave' });
    this.close();
  }

  /** Ends everything. The client can join again afterwards. */
  close() {
    this.#forgetRoom();
    this.#warm.close();
    this.#connection.close();
  }

  /** Skips the rest of the wait before the next attempt to reconnect. */
  retryNow() {
    this.#connection.retryNow();
  }

  async rename(name) {
    await this.#connection.request({ type: 'rename', name });
    if (this.#wanted) this.#wanted = { ...this.#wanted, name };
  }

  /** @param {string} text 1 to 500 characters. More of the chat: `roomChat` */
  async chat(text) {
    await this.roomChat.send(text);
  }

  /**
   * Who is here, by page.
   *
   * @param {{query?: string, cursor?: string}} page query: the beginning of any word of a name; cursor: of the page before
   * @returns {Promise<{people: object[], cursor?: string, audience: number}>} without a cursor it is the last page
   */
  async people(page = {}) {
    return this.#connection.request({ type: 'people', ...page });
  }

  /** Asks a moderator to be invited to the stage; `raiseHand(false)` does not any more. */
  async raiseHand(raised = true) {
    await this.#connection.request({ type: 'raiseHand', raised });
  }

  /** Goes off the stage; what is published stops. */
  async stepDown() {
    await this.#connection.request({ type: 'stepDown' });
  }

  /**
   * Puts a camera or a screen on air, once for the whole audience.
   *
   * @param {{kind: 'camera'|'screen', media: MediaStream}} what the tracks stay yours: stop them yourself
   * @returns {Promise<Publication>} rejects with a GrandstandError when refused
   */
  async publish({ kind, media }) {
    if (!this.room) throw new GrandstandError('not-joined', 'join a room before publishing');
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

  /** @param {'camera'|'screen'} kind */
  async unpublish(kind) {
    const publication = this.#publications.get(kind);
    if (!publication) return;
    this.#publications.delete(kind);
    publication.close();
    if (this.#connection.isOpen) {
      await this.#connection.request({ type: 'unpublish', stream: publication.stream });
    }
  }

  /**
   * Watches a stream until `unview` or until it stops. Calling it again changes only the element.
   *
   * @param {string} stream
   * @param {HTMLVideoElement=} video plays there; without it listen to `media`
   * @returns {StreamView}
   */
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

  /**
   * Figures of every stream that is watched or published.
   *
   * @returns {Promise<object[]>} what `media-figures.js` lists, and `stream`, `direction` (`in`|`out`),
   *     `state`, and for watched ones `socketToFrameMs` (from opening the socket; null unless the stream
   *     was viewed at the first join), `viewToFrameMs` and `timeToFirstFrameMs` (the former if known)
   */
  async stats() {
    const sources = [
      ...this.views.map((view) => ({ of: view, direction: 'in', ...this.#firstFrameTimes(view) })),
      ...this.publications.map((publication) => ({ of: publication, direction: 'out' })),
    ];
    return Promise.all(sources.map(async ({ of, ...more }) => {
      const key = `${more.direction} ${of.stream}`;
      const figures = mediaFigures((await of.connection?.getStats()) ?? [], this.#lastFigures.get(key));
      this.#lastFigures.set(key, figures);
      return { stream: of.stream, state: of.state, ...more, ...figures };
    }));
  }

  async #enter() {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#become('joining');
    const optional = Object.fromEntries(
      Object.entries({ ...wanted, resume: this.#resume }).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    try {
      const reply = await this.#connection.request({ type: 'join', ...optional });
      if (this.#wanted === wanted) this.#entered(reply);
    } catch (failure) {
      if (this.#wanted === wanted) this.#notEntered(failure);
    }
  }

  #entered(joined) {
    const again = this.room !== null;
    this.#inside = true;
    this.#firstSocket ??= { openedAtMs: this.#connection.openedAtMs, streams: new Set((joined.streams ?? []).map(({ id }) => id)) };
    this.room = new RoomModel(joined);
    this.#resume = joined.resume ?? null;
    this.#warm.useIceServers(joined.iceServers ?? []);
    this.#connection.markHealthy();
    const { livesOn, unwanted } = resumption(joined, this.views, this.publications);
    for (const message of unwanted) this.#connection.send(message);
    for (const [stream, view] of this.#views) {
      if (!this.room.streams.has(stream)) this.#forgetView(stream);
      else if (!livesOn.has(stream)) view.ask();
    }
    this.#state = 'joined';
    // First to those who ask for pictures; what is drawn for the connection can wait for that.
    this.#events.emit('joined', { room: this.room, again });
    this.roomChat.entered();
    this.#become('joined');
    for (const publication of this.#publications.values()) {
      if (livesOn.has(publication.stream)) publication.goOn();
      else publication.restart();
    }
    this.#joining?.resolve(this.room);
    this.#joining = null;
  }

  #notEntered(failure) {
    if (failure.code === 'disconnected') return;
    if (this.#resume && ['unauthorized', 'refused'].includes(failure.code)) {
      // The old session cannot be taken up again; come as somebody new.
      this.#resume = null;
      this.#enter();
      return;
    }
    if ((failure.temporary && failure.code !== 'not-found') || failure.code === 'already-joined') {
      this.#connection.restart(failure.message);
      return;
    }
    const joining = this.#joining;
    // Taken out first: whoever waits hears this refusal and not that the room was left.
    this.#joining = null;
    this.#forgetRoom();
    this.#connection.close();
    if (joining) joining.reject(failure);
    else this.#events.emit('refused', failure);
  }

  #received(message) {
    switch (message.type) {
      case 'candidate':
        this.#endpointOf(message.stream)?.addRemoteCandidate(message.candidate);
        break;
      case 'resume':
        this.#resume = message.token;
        break;
      case 'seat':
        this.seat = message;
        if (message.state === 'granted') this.#views.forEach((view) => view.askIfWaiting());
        this.#events.emit('seat', message);
        break;
      case 'mediaLost':
        this.#mediaLost(message.stream);
        break;
      case 'removed':
        this.#removed(message);
        break;
      case 'error':
        if (message.id === undefined || message.id === null) {
          this.#events.emit('error', new GrandstandError(message.code, message.message ?? message.code, message.field));
        }
        break;
      default:
        this.#roomChanged(message);
    }
  }

  #roomChanged(message) {
    if (message.type === 'chats') {
      message.messages.forEach((one) => this.#roomChanged({ type: 'chat', message: one }));
      return;
    }
    if (!this.room?.apply(message)) return;
    if (message.type === 'streamStopped') {
      this.#forgetView(message.stream);
      if (message.reason === 'stepped-down') this.#takenOffStage(message.stream);
    }
    if (message.type === 'streamStarted') this.#views.get(message.stream.id)?.askIfWaiting();
    if (['chat', 'streamStarted', 'streamStopped'].includes(message.type)) this.#events.emit(message.type, message);
    if (CHAT_CHANGES.includes(message.type)) this.#events.emit('chatChanged', { message });
    else if (message.type === 'reactions') this.#events.emit('reactions', message);
    else if (message.type !== 'chat') this.#events.emit('room', { room: this.room, message });
  }

  /** Coming back by itself would be against the wish of whoever showed us out. */
  #removed({ reason, message }) {
    this.#forgetRoom();
    this.#connection.close();
    this.#events.emit('removed', new GrandstandError(reason, message));
  }

  #mediaLost(stream) {
    this.publications.find((publication) => publication.stream === stream)?.restart();
    this.#views.get(stream)?.ask();
    this.#events.emit('mediaLost', { stream });
  }

  #takenOffStage(stream) {
    const publication = this.publications.find((own) => own.stream === stream);
    if (!publication) return;
    this.#publications.delete(publication.kind);
    publication.close();
    this.#events.emit('offStage', publication);
  }

  #endpointOf(stream) {
    return this.#views.get(stream) ?? this.publications.find((publication) => publication.stream === stream);
  }

  #forgetView(stream) {
    const view = this.#views.get(stream);
    this.#views.delete(stream);
    this.#lastFigures.delete(`in ${stream}`);
    view?.close();
  }

  #forgetRoom() {
    for (const stream of [...this.#views.keys()]) this.#forgetView(stream);
    for (const publication of this.#publications.values()) publication.close();
    this.#publications.clear();
    this.#lastFigures.clear();
    this.#wanted = null;
    this.#resume = null;
    this.#inside = false;
    this.room = null;
    this.seat = null;
    this.#firstSocket?.streams.clear();
    this.roomChat.left(new GrandstandError('closed', 'the room was left'));
    this.#joining?.reject(new GrandstandError('closed', 'the room was left before it was entered'));
    this.#joining = null;
  }

  #connectionChanged(status) {
    if (status.state === 'waiting') {
      this.#inside = false;
      this.seat = null;
      this.#publications.forEach((publication) => publication.pause());
    }
    const state = { closed: 'closed', connecting: 'connecting', open: 'joining', waiting: 'reconnecting' }[status.state];
    if (status.state === 'open' && !this.#wanted) return;
    // Between two attempts it stays "reconnecting": the first connection is the only "connecting".
    this.#become(state === 'connecting' && (this.room || status.attempt > 0) ? 'reconnecting' : state, status);
  }

  #become(state, { attempt = 0, retryInMs = 0, reason = '' } = {}) {
    this.#state = state;
    this.#events.emit('connection', { state, attempt, retryInMs, reason });
  }

  #firstFrameTimes(view) {
    if (!view.firstFrameAtMs) return { socketToFrameMs: null, viewToFrameMs: null, timeToFirstFrameMs: null };
    const viewToFrameMs = view.firstFrameAtMs - view.firstAskedAtMs;
    const socketToFrameMs = this.#firstSocket?.streams.has(view.stream) ? view.firstFrameAtMs - this.#firstSocket.openedAtMs : null;
    return { socketToFrameMs, viewToFrameMs, timeToFirstFrameMs: socketToFrameMs ?? viewToFrameMs };
  }

  /** What views and publications may use of the session. */
  #loan() {
    return {
      request: (message) => this.#connection.request(message),
      send: (message) => this.#connection.send(message),
      takeOffer: () => this.#warm.take(),
      iceServers: () => this.#warm.iceServers,
      mayView: () => this.#inside && this.seat?.state !== 'queued',
      participantId: () => this.room?.you.id ?? '',
      changed: (what) => this.#events.emit(what instanceof StreamView ? 'view' : 'publication', what),
      media: (stream, media) => this.#events.emit('media', { stream, media }),
    };
  }
}

function defaultUrl() {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
