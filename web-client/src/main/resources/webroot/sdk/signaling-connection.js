import { retryDelayMs } from './backoff.js';
import { GrandstandError } from './grandstand-error.js';
import { PendingReplies } from './pending-replies.js';

const OPEN_WITHIN_MS = 8000;
const REPLY_WITHIN_MS = 10_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 6000;

/** Says goodbye: the server gives everything back at once. */
const NORMAL_CLOSURE = 1000;

/** Of the range for applications (RFC 6455 section 7.4.2): we come back. Without a code it would be a goodbye. */
const COMING_BACK = 4000;

/**
 * One WebSocket that comes back by itself: JSON frames, replies by id, a heartbeat that notices
 * a dead network before the operating system does.
 *
 * `handlers.opened()` runs on each new socket; `handlers.message(object)` for what is no reply
 * (and for replies too, after their waiter was resolved); `handlers.changed(status)` with
 * `{state: 'closed'|'connecting'|'open'|'waiting', attempt, retryInMs}`.
 */
export class SignalingConnection {
  #url;
  #handlers;
  #newSocket;
  #random;
  #socket = null;
  #pending = new PendingReplies();
  #attempt = 0;
  #wanted = false;
  #retryTimer;
  #openTimer;
  #pingTimer;

  /** performance.now() of the latest `new WebSocket`: where time to first frame starts. */
  openedAtMs = 0;

  constructor(url, handlers, { newSocket = (address) => new WebSocket(address), random = Math.random } = {}) {
    this.#url = url;
    this.#handlers = handlers;
    this.#newSocket = newSocket;
    this.#random = random;
  }

  get isOpen() {
    return this.#socket?.readyState === 1;
  }

  open() {
    this.#wanted = true;
    if (!this.#socket) this.#dial();
  }

  /** Skips what is left of a wait: for a "try now" button and for the browser's `online` event. */
  retryNow() {
    if (this.#wanted && !this.#socket) this.#dial();
  }

  /** The session works again: the next loss starts from the shortest delay. */
  markHealthy() {
    this.#attempt = 0;
  }

  /** Drops this socket (the server took no notice of us any more) and dials again, as who we were or as somebody new. */
  restart(reason, { asBefore }) {
    if (this.#socket) this.#lost(this.#socket, reason, asBefore ? COMING_BACK : NORMAL_CLOSURE);
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    const socket = this.#detach('closed', 'the client was closed');
    socket?.close(NORMAL_CLOSURE);
    this.#changed('closed');
  }

  /** @returns {boolean} false when there is no open socket: the message was not sent */
  send(message) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** @returns {Promise<object>} the reply; rejects with GrandstandError within `waitMs` */
  request(message, waitMs = REPLY_WITHIN_MS) {
    if (!this.isOpen) {
      return Promise.reject(new GrandstandError('disconnected', `not connected; ${message.type} was not sent`));
    }
    const { id, reply } = this.#pending.open(message.type, waitMs);
    this.send({ ...message, id });
    return reply;
  }

  #dial() {
    clearTimeout(this.#retryTimer);
    this.openedAtMs = performance.now();
    const socket = this.#newSocket(this.#url);
    this.#socket = socket;
    this.#changed('connecting');
    this.#openTimer = setTimeout(() => this.#lost(socket, 'no connection in time'), OPEN_WITHIN_MS);
    socket.onopen = () => {
      clearTimeout(this.#openTimer);
      this.#changed('open');
      this.#pingTimer = setInterval(() => this.#ping(socket), PING_EVERY_MS);
      this.#handlers.opened();
    };
    socket.onmessage = (frame) => this.#received(frame.data);
    socket.onclose = (event) => this.#lost(socket, event.reason || `code ${event.code}`);
    // The close event follows and carries the reason.
    socket.onerror = () => {};
  }

  #received(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      console.warn('grandstand: a frame that is no JSON was ignored');
      return;
    }
    if (message === null || typeof message.type !== 'string') return;
    const awaited = this.#pending.settle(message);
    this.#handlers.message(message, awaited);
  }

  async #ping(socket) {
    try {
      await this.request({ type: 'ping' }, PONG_WITHIN_MS);
    } catch (failure) {
      // Any answer, even a refusal, shows that the peer is alive; only silence counts.
      if (failure.code === 'timeout' && this.#socket === socket) this.#lost(socket, 'the server fell silent');
    }
  }

  #lost(socket, reason, code = COMING_BACK) {
    if (this.#socket !== socket) return;
    this.#detach('disconnected', `the connection was lost: ${reason}`);
    socket.close(code);
    if (!this.#wanted) return;
    const retryInMs = retryDelayMs(this.#attempt, this.#random);
    this.#attempt += 1;
    this.#changed('waiting', retryInMs, reason);
    this.#retryTimer = setTimeout(() => this.#dial(), retryInMs);
  }

  #detach(code, message) {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#openTimer);
    clearInterval(this.#pingTimer);
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    this.#pending.failAll(code, message);
    return socket;
  }

  #changed(state, retryInMs = 0, reason = '') {
    this.#handlers.changed({ state, attempt: this.#attempt, retryInMs, reason });
  }
}
