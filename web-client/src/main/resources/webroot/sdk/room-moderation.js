/**
 * What moderators can ask for: `client.moderation`. Each method resolves once it is so, and rejects with a
 * GrandstandError that says why not: `forbidden` (you do not moderate here, or the other does, too), `refused`,
 * `not-found` (they left), `stage-full`. What comes of it is in `client.room` and arrives as the event `room`.
 */
export class RoomModeration {
  #request;

  /** @param {(message: object) => Promise<object>} request */
  constructor(request) {
    this.#request = request;
  }

  /** A place on the stage until they step down; lowers their hand. */
  invite(participant) {
    return this.#request({ type: 'invite', participant });
  }

  /** Off the stage: their streams end, and they come back only when invited. */
  takeDown(participant) {
    return this.#request({ type: 'takeDown', participant });
  }

  /** @param {'chat'|'microphone'} what */
  mute(participant, what, muted = true) {
    return this.#request({ type: 'mute', participant, what, muted });
  }

  /** Out of the room; they may come in again. */
  kick(participant) {
    return this.#request({ type: 'kick', participant });
  }

  /** Out of the room for as long as it lives. */
  ban(participant) {
    return this.#request({ type: 'ban', participant });
  }

  /** Nobody else enters until `lock(false)`. */
  lock(locked = true) {
    return this.#request({ type: 'lock', locked });
  }

  /** Everybody is shown out. */
  closeRoom() {
    return this.#request({ type: 'closeRoom' });
  }
}
