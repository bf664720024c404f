import { ChatOutbox } from './chat-outbox.js';

/**
 * All that one can ask of a room's chat: `client.roomChat`. What happens there comes as the client's events
 * `chat` `{message}`, `chatChanged` `{message}` (a server message: `messageDeleted`, `chatCleared`,
 * `messagePinned`, `messageUnpinned`, `slowMode`) and `reactions` `{counts, totals}`; how it stands is in
 * `client.room`: `chat`, `pinned`, `slowModeSeconds`, `reactions`. Every method rejects with a GrandstandError
 * when refused; the last five are for moderators, and so is
 * `client.moderation.mute(participant, 'chat')`.
 */
export class RoomChat {
  #request;
  #room;
  #outbox;
  #paging = null;

  /**
   * @param {(message: object) => Promise<object>} request
   * @param {() => import('./room-model.js').RoomModel|null} room
   */
  constructor(request, room) {
    this.#request = request;
    this.#room = room;
    this.#outbox = new ChatOutbox(request);
  }

  /**
   * @param {string} text 1 to 500 characters; `@` and a name mentions somebody
   * @returns {Promise<{message: string}>} once it was said; after a lost connection it is sent again, and said once
   */
  send(text) {
    return this.#outbox.send(text);
  }

  /** @returns {Promise<object[]>} up to 50 messages from before those in `client.room.chat`; none if there are no more */
  older() {
    const room = this.#room();
    if (!room || room.chatBefore === null) return Promise.resolve([]);
    this.#paging ??= this.#request({ type: 'chatHistory', before: room.chatBefore })
      .then((page) => room.prepend(page.messages, page.before ?? null))
      .finally(() => { this.#paging = null; });
    return this.#paging;
  }

  /** @param {string} reaction one of the codes in docs/protocol.md */
  react(reaction) {
    return this.#request({ type: 'react', reaction });
  }

  delete(message) {
    return this.#request({ type: 'deleteMessage', message });
  }

  clear() {
    return this.#request({ type: 'clearChat' });
  }

  pin(message) {
    return this.#request({ type: 'pinMessage', message });
  }

  unpin() {
    return this.#request({ type: 'unpinMessage' });
  }

  /** @param {number} seconds 0 (off) to 600 */
  slowMode(seconds) {
    return this.#request({ type: 'slowMode', seconds });
  }

  /** For the client: in the room (again). */
  entered() {
    this.#paging = null;
    this.#outbox.resend();
  }

  /** For the client: the room was left. */
  left(failure) {
    this.#outbox.failAll(failure);
  }
}
