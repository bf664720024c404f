const CHAT_KEPT = 300;

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
    this.chat = [...(joined.chat ?? [])].slice(-CHAT_KEPT);
  }

  get live() {
    return this.streams.size > 0;
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

const CHANGES = {
  participantJoined(room, { participant, audience }) {
    room.roster.set(participant.id, participant);
    room.audience = audience ?? room.audience;
  },
  participantLeft(room, { participant, audience }) {
    room.roster.delete(participant);
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
    if (!message || room.chat.some((known) => known.id === message.id)) return false;
    room.chat.push(message);
    if (room.chat.length > CHAT_KEPT) room.chat.shift();
    return true;
  },
};
