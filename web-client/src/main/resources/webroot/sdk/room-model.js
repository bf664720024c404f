/** More than the server keeps: what goes out of here could not be asked for again. */
const CHAT_KEPT = 600;

/**
 * What the client knows of the room it is in, kept up to date from the server's messages.
 * Pure: no sockets, no page. Duplicated and late messages change nothing twice.
 */
export class RoomModel {
  /**
   * @param {object} joined the server's `joined` message
   * @param {RoomModel|null} before what was known until the connection broke: what the server does not repeat stays
   */
  constructor(joined, before = null) {
    this.id = joined.room.id;
    this.title = joined.room.title || joined.room.id;
    this.you = joined.you;
    this.audience = joined.audience ?? 0;
    this.streams = new Map((joined.streams ?? []).map((stream) => [stream.id, stream]));
    /** Those who are known by name: everybody in a small room, in a large one (`partial`) who presents, and you. */
    this.roster = new Map((joined.roster ?? []).map((person) => [person.id, person]));
    this.roster.set(joined.you.id, joined.you);
    this.standing = joined.standing ?? {};
    /** Whether anybody may enter here, as whoever they say they are. */
    this.open = joined.open ?? false;
    this.locked = joined.room.locked ?? false;
    /** Who waits to be invited, longest first; in a large room only moderators are told. */
    this.hands = new Map((joined.hands ?? []).map((person) => [person.id, person]));
    /** Whom a moderator muted, of those who are known by name or were muted while you were here: participant → `{chat, microphone}`. */
    this.silenced = new Map(before?.silenced);
    this.#silencedAmong([...this.hands.values(), ...this.roster.values()]);
    this.chat = [...(joined.chat ?? [])].slice(-CHAT_KEPT);
    /** The cursor of the messages before `chat`; null when there are none. */
    this.chatBefore = joined.chatState?.before ?? null;
    this.pinned = joined.chatState?.pinned ?? null;
    this.slowModeSeconds = joined.chatState?.slowModeSeconds ?? 0;
    this.reactions = joined.chatState?.reactions ?? {};
    if (before?.id === this.id) this.#goOn(before);
  }

  /** Older messages that were here already, if nothing is missing between them and the server's last ones. */
  #goOn(before) {
    const overlap = before.chat.findIndex(({ id }) => id === this.chat[0]?.id);
    if (overlap <= 0) return;
    this.chat = [...before.chat.slice(0, overlap), ...this.chat];
    this.chatBefore = before.chatBefore;
  }

  #silencedAmong(people) {
    for (const { id, silenced } of people) {
      if (silenced) this.silenced.set(id, silenced);
      else this.silenced.delete(id);
    }
  }

  /** A page of people came. Who is silenced it tells moderators only. */
  listed(people) {
    if (this.moderating) this.#silencedAmong(people);
  }

  get live() {
    return this.streams.size > 0;
  }

  /** Whether you may keep order here. */
  get moderating() {
    return this.standing.moderate ?? this.you.role === 'moderator';
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
    return [...this.roster.values()].map((person) => this.described(person))
      .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /**
   * A person of `roster`, `hands` or a page of `people`, with what else is known of them.
   *
   * @returns {{id, name, role, you: boolean, presenting: boolean, onStage: boolean, handRaised: boolean,
   *     silenced: {chat: boolean, microphone: boolean}, rank: number}} presenting: on air; onStage: on air or invited
   */
  described(person) {
    const presenting = [...this.streams.values()].some((stream) => stream.participant === person.id);
    const you = person.id === this.you.id;
    const onStage = presenting || person.role === 'presenter' || (you && Boolean(this.standing.invited));
    const rank = presenting ? 0 : onStage ? 1 : you ? 2 : 3;
    return { ...person, you, presenting, onStage, handRaised: this.hands.has(person.id), silenced: this.silenced.get(person.id) ?? NOT_SILENCED, rank };
  }

  /** Whether more people are here than are known by name: ask `client.people()` for the others. */
  get partial() {
    return this.headcount > this.roster.size;
  }

  /** How many are here; above the server's roster limit only a number is known. */
  get headcount() {
    return Math.max(this.audience, this.roster.size);
  }
}

const NOT_SILENCED = { chat: false, microphone: false };

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
    room.silenced.delete(participant);
    room.audience = audience ?? room.audience;
  },
  participantRenamed(room, { participant, name }) {
    for (const list of [room.roster, room.hands]) {
      const person = list.get(participant);
      if (person) list.set(participant, { ...person, name });
    }
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
    room.roster.set(participant.id, participant);
    stand(room, participant.id, { invited: true, publish: true, handRaised: false });
  },
  steppedDown(room, { participant, mayReturn }) {
    const person = room.roster.get(participant);
    if (person && person.role !== 'moderator') room.roster.set(participant, { ...person, role: 'viewer' });
    stand(room, participant, { invited: false, publish: mayReturn });
  },
  participantMuted(room, { participant, what, muted }) {
    const silenced = { ...(room.silenced.get(participant) ?? NOT_SILENCED), [what]: muted };
    if (silenced.chat || silenced.microphone) room.silenced.set(participant, silenced);
    else room.silenced.delete(participant);
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
  /** Comes in large rooms only: there nobody is told who comes and goes, so the names of the audience grow old. */
  audience(room, { count }) {
    room.audience = count;
    for (const person of room.roster.values()) {
      if (room.described(person).rank === 3) room.roster.delete(person.id);
    }
  },
  streamStarted(room, { stream }) {
    room.streams.set(stream.id, stream);
    const known = room.roster.get(stream.participant);
    const role = known?.role === 'moderator' ? 'moderator' : 'presenter';
    room.roster.set(stream.participant, { ...known, id: stream.participant, name: stream.name, role });
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
