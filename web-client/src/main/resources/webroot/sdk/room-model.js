/** More than the server keeps: what goes out of here could not be asked for again. */
const CHAT_KEPT = 600;

/**
 * What the client knows of the room it is in, kept up to date from the server's messages.
 * Pure: no sockets, no page. Duplicated and late messages change nothing twice.
 */
export class RoomModel {
  /** @param {object} joined the server's `joined` message */
  constructor(joined) {
    this.id = joined.room.id;
    this.title = joined.room.title || joined.room.id;
    this.you = joined.you;
    this.audience = joined.audience ?? 0;
    this.streams = new Map((joined.streams ?? []).map((stream) => [stream.id, stream]));
    this.roster = new Map((joined.roster ?? []).map((person) => [person.id, person]));
    this.roster.set(joined.you.id, joined.you);
    this.standing = joined.standing ?? {};
    this.locked = joined.room.locked ?? false;
    this.hands = new Map((joined.hands ?? []).map((person) => [person.id, person]));
    this.chat = [...(joined.chat ?? [])].slice(-CHAT_KEPT);
    /** The cursor of the messages before `chat`; null when there are none. */
    this.chatBefore = joined.chatState?.before ?? null;
    this.pinned = joined.chatState?.pinned ?? null;
    this.slowModeSeconds = joined.chatState?.slowModeSeconds ?? 0;
    this.reactions = joined.chatState?.reactions ?? {};
  }

  get live() {
    return this.streams.size > 0;
  }

  /** Whether you may keep order here. */
  get moderating() {
    return this.you.role === 'moderator';
  }

  /** Older messages came. @returns {object[]} those that were not here yet */
  prepend(messages, before) {
    const known = new Set(this.chat.map(({ id }) => id));
    const news = messages.filter(({ id }) => !known.has(id));
    this.chat.unshift(...news);
    this.chatBefore = before;
    return news;
  }

  /** A message that is news. @returns {boolean} false if it is here already */
  addMessage(message) {
    // A repetition comes soon after the first time, so the search begins at the end.
    if (!message || this.chat.findLastIndex(({ id }) => id === message.id) >= 0) return false;
    this.chat.push(message);
    if (this.chat.length > CHAT_KEPT) {
      this.chat.shift();
      this.chatBefore = null;
    }
    return true;
  }

  /** Applies one server message. @returns {boolean} whether anything changed */
  apply(message) {
    const change = CHANGES[message.type];
    return change ? change(this, message) !== false : false;
  }

  /** Everybody who is known by name: who presents first, then you, then by name. */
  people() {
    const presenting = new Set([...this.streams.values()].map((stream) => stream.participant));
    const rank = (person) =>
      presenting.has(person.id) ? 0 : /^presenter$/i.test(person.role ?? '') ? 1 : person.id === this.you.id ? 2 : 3;
    return [...this.roster.values()]
      .map((person) => ({ ...person, presenting: presenting.has(person.id), you: person.id === this.you.id, rank: rank(person) }))
      .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** How many are here; above the server's roster limit only a number is known. */
  get headcount() {
    return Math.max(this.audience, this.roster.size);
  }
}

function stand(room, participant, change) {
  if (participant === room.you.id) room.standing = { ...room.standing, ...change };
}

const CHANGES = {
  participantJoined(room, { participant, audience }) {
    room.roster.set(participant.id, participant);
    room.audience = audience ?? room.audience;
  },
  participantLeft(room, { participant, audience }) {
    room.roster.delete(participant);
    room.hands.delete(participant);
    room.audience = audience ?? room.audience;
  },
  participantRenamed(room, { participant, name }) {
    const person = room.roster.get(participant);
    if (person) room.roster.set(participant, { ...person, name });
    if (room.you.id === participant) room.you = { ...room.you, name };
    for (const [id, stream] of room.streams) {
      if (stream.participant === participant) room.streams.set(id, { ...stream, name });
    }
    return true;
  },
  handRaised(room, { participant }) {
    room.hands.set(participant.id, participant);
    stand(room, participant.id, { handRaised: true });
  },
  handLowered(room, { participant }) {
    room.hands.delete(participant);
    stand(room, participant, { handRaised: false });
  },
  invited(room, { participant }) {
    room.hands.delete(participant.id);
    if (room.roster.has(participant.id)) room.roster.set(participant.id, participant);
    stand(room, participant.id, { invited: true, publish: true, handRaised: false });
  },
  steppedDown(room, { participant, mayReturn }) {
    const person = room.roster.get(participant);
    if (person && person.role !== 'moderator') room.roster.set(participant, { ...person, role: 'viewer' });
    stand(room, participant, { invited: false, publish: mayReturn });
  },
  participantMuted(room, { participant, what, muted }) {
    stand(room, participant, what === 'chat' ? { chat: !muted } : { microphoneMuted: muted });
  },
  roomLocked(room, { locked }) {
    room.locked = locked;
  },
  streamMuted(room, { stream, muted }) {
    const known = room.streams.get(stream);
    if (!known) return false;
    room.streams.set(stream, { ...known, muted });
    return true;
  },
  audience(room, { count }) {
    room.audience = count;
  },
  streamStarted(room, { stream }) {
    room.streams.set(stream.id, stream);
  },
  streamStopped(room, { stream }) {
    return room.streams.delete(stream);
  },
  chat(room, { message }) {
    return room.addMessage(message);
  },
  messageDeleted(room, { message }) {
    room.chat = room.chat.filter(({ id }) => id !== message);
    if (room.pinned?.id === message) room.pinned = null;
  },
  chatCleared(room) {
    room.chat = [];
    room.chatBefore = null;
    room.pinned = null;
  },
  messagePinned(room, { message }) {
    room.pinned = message;
  },
  messageUnpinned(room) {
    room.pinned = null;
  },
  slowMode(room, { seconds }) {
    room.slowModeSeconds = seconds;
  },
  reactions(room, { totals }) {
    room.reactions = totals;
  },
};
