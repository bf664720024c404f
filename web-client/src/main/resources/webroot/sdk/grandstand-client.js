import { Emitter } from './emitter.js';
import { GrandstandError } from './grandstand-error.js';
import { RoomChat } from './room-chat.js';
import { RoomMedia } from './room-media.js';
import { RoomModeration } from './room-moderation.js';
import { SignalingConnection } from './signaling-connection.js';
import { Visit } from './visit.js';

export { GrandstandError };

/** What changes nothing that is known of the room. */
const ABOUT_MEDIA = ['candidate', 'seat', 'migrate', 'mediaLost'];
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
 * - `notice` `{text, at}`: what the operators say to everybody
 * - `seat` `{state: 'granted'|'queued'|'refused', position, expectedWaitMs}`
 * - `view` StreamView and `publication` Publication, whenever their `state` changed
 * - `offStage` Publication that ended because you stepped down or were taken off the stage
 * - `media` `{stream, media}` when a viewed stream got a (new) MediaStream
 * - `removed` GrandstandError when shown out: `code` is `kicked`, `banned`, `room-closed` or `expired`
 * - `error` GrandstandError that answers no request; `refused` GrandstandError when joining again failed for good
 */
export class GrandstandClient {
  #events = new Emitter();
  #connection;
  #visit;
  #media;
  #state = 'closed';

  /** What can be asked of the room's chat: room-chat.js. */
  roomChat = new RoomChat((message) => this.#connection.request(message), () => this.room);
  /** What moderators can ask for: room-moderation.js. */
  moderation = new RoomModeration((message) => this.#connection.request(message));

  /** @param {{url?: string}} options url of the signaling socket; by default `/ws` of this page's host */
  constructor({ url = defaultUrl(), ...forTests } = {}) {
    this.#connection = new SignalingConnection(url, {
      opened: () => this.#visit.enter(),
      message: (message) => this.#received(message),
      changed: (status) => this.#connectionChanged(status),
    }, forTests);
    this.#media = new RoomMedia(this.#connection, (type, detail) => this.#events.emit(type, detail));
    this.#visit = new Visit(this.#connection, {
      dial: () => this.connect(),
      joining: () => this.#become('joining'),
      entered: (joined, again) => this.#entered(joined, again),
      left: () => this.#left(),
      refused: (failure) => this.#events.emit('refused', failure),
    });
  }

  /** @returns {() => void} call it to stop listening. The events are listed above. */
  on(type, listener) {
    return this.#events.on(type, listener);
  }

  /** `closed`, `connecting`, `joining`, `joined` or `reconnecting`. */
  get state() {
    return this.#state;
  }

  /** The room that you are in, kept up to date: room-model.js. Null outside. */
  get room() {
    return this.#visit.room;
  }

  /** After `seat` said `refused`: gets in line once more. */
  askForSeatAgain() {
    this.#media.askForSeatAgain();
  }

  /** The latest `seat` message; null before the first. */
  get seat() {
    return this.#media.seat;
  }

  get views() {
    return this.#media.views;
  }

  get publications() {
    return this.#media.publications;
  }

  /** Opens the socket ahead of `join`, for instance while somebody still types a name. */
  connect() {
    this.#connection.open();
    this.#media.prepare();
  }

  /**
   * Enters a room; opens it if it is not there. When in another room, leaves that first.
   *
   * @param {{room: string, name: string, title?: string, video?: 'vp8'|'h264', role?: string, token?: string}} request
   *     room: `[a-z0-9][a-z0-9-]{0,63}`; name: 1 to 40 characters; token: where the server asks for one;
   *     video: how the room's video is coded if this opens it
   * @returns {Promise<RoomModel>} rejects with a GrandstandError when refused; passing failures are retried
   */
  join(request) {
    return this.#visit.join(request);
  }

  /** Leaves the room; the socket stays for the next join. */
  leave() {
    return this.#visit.leave();
  }

  /** For `pagehide`: says goodbye without waiting, so that nobody sees a ghost for the grace time. */
  leaveNow() {
    this.#connection.send({ type: 'leave' });
    this.close();
  }

  /** Ends everything. The client can join again afterwards. */
  close() {
    this.#visit.forget();
    this.#media.close();
    this.#connection.close();
  }

  /** Skips the rest of the wait before the next attempt to reconnect. */
  retryNow() {
    this.#connection.retryNow();
  }

  /** @param {string} name 1 to 40 characters */
  rename(name) {
    return this.#visit.rename(name);
  }

  /**
   * Who is here, by page: for rooms so large that `room.partial` is true.
   *
   * @param {{query?: string, cursor?: string}} page query: the beginning of any word of a name; cursor: of the page before
   * @returns {Promise<{people: object[], cursor?: string, audience: number}>} without a cursor it is the last page
   */
  async people(page = {}) {
    const answer = await this.#connection.request({ type: 'people', ...page });
    this.room?.listed(answer.people);
    return answer;
  }

  /** @param {string} text 1 to 500 characters. More of the chat: `roomChat` */
  async chat(text) {
    await this.roomChat.send(text);
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
   * @returns {Promise<Publication>} publication.js; rejects with a GrandstandError when refused
   */
  publish(what) {
    return this.#media.publish(what);
  }

  /** @param {'camera'|'screen'} kind */
  unpublish(kind) {
    return this.#media.unpublish(kind);
  }

  /**
   * Watches a stream until `unview` or until it stops. Calling it again changes only the element.
   *
   * @param {string} stream
   * @param {HTMLVideoElement=} video plays there; without it listen to `media`
   * @returns {StreamView} stream-view.js
   */
  view(stream, video) {
    return this.#media.view(stream, video);
  }

  unview(stream) {
    this.#media.unview(stream);
  }

  /**
   * Figures of every stream that is watched or published.
   *
   * @returns {Promise<object[]>} what `media-figures.js` lists, and `stream`, `direction` (`in`|`out`),
   *     `state`, and for watched ones `socketToFrameMs` (from opening the socket; null unless the stream
   *     was viewed at the first join), `viewToFrameMs` and `timeToFirstFrameMs` (the former if known)
   */
  stats() {
    return this.#media.stats();
  }

  #entered(joined, again) {
    const publishAgain = this.#media.entered(joined, this.room, again ? null : this.#visit.joinMs);
    this.#state = 'joined';
    // First to those who ask for pictures; what is drawn for the connection can wait for that.
    this.#events.emit('joined', { room: this.room, again });
    this.roomChat.entered();
    this.#become('joined');
    publishAgain();
  }

  #left() {
    this.#media.forget();
    this.roomChat.left(new GrandstandError('closed', 'the room was left'));
  }

  #received(message) {
    switch (message.type) {
      case 'resume':
        this.#visit.token = message.token;
        break;
      case 'removed':
        // Coming back by itself would be against the wish of whoever showed us out.
        this.#visit.forget();
        this.#connection.close();
        this.#events.emit('removed', new GrandstandError(message.reason, message.message));
        break;
      case 'notice':
        this.#events.emit('notice', message);
        break;
      case 'error':
        if (message.id === undefined || message.id === null) {
          this.#events.emit('error', new GrandstandError(message.code, message.message ?? message.code, message.field));
        }
        break;
      case 'chats':
        message.messages.forEach((one) => this.#roomChanged({ type: 'chat', message: one }));
        break;
      default:
        this.#roomChanged(message);
    }
  }

  #roomChanged(message) {
    const { type } = message;
    if (ABOUT_MEDIA.includes(type)) {
      this.#media.received(message);
      return;
    }
    if (!this.room?.apply(message)) return;
    this.#media.received(message);
    if (['chat', 'streamStarted', 'streamStopped', 'reactions'].includes(type)) this.#events.emit(type, message);
    if (CHAT_CHANGES.includes(type)) this.#events.emit('chatChanged', { message });
    else if (type !== 'chat' && type !== 'reactions') this.#events.emit('room', { room: this.room, message });
  }

  #connectionChanged(status) {
    if (status.state === 'waiting') this.#media.lostConnection();
    if (status.state === 'open' && !this.#visit.isWanted) return;
    const state = { closed: 'closed', connecting: 'connecting', open: 'joining', waiting: 'reconnecting' }[status.state];
    // Between two attempts it stays "reconnecting": the first connection is the only "connecting".
    this.#become(state === 'connecting' && (this.room || status.attempt > 0) ? 'reconnecting' : state, status);
  }

  #become(state, { attempt = 0, retryInMs = 0, reason = '' } = {}) {
    this.#state = state;
    this.#events.emit('connection', { state, attempt, retryInMs, reason });
  }
}

function defaultUrl() {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
