package dev.grandstand.e2e.faults;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;

/**
 * Something that a client asked for, and what it was told.
 *
 * @param who as whom
 * @param what the chat message's id of the client, the new name, or {@code true} and {@code false} of a hand
 * @param answer the message's id for an acknowledged chat message, the error's code for what was refused
 */
record Deed(RoomId room, ParticipantId who, Kind kind, String what, Outcome outcome, String answer) {

    /** What can be asked for. */
    enum Kind {
        JOIN,
        RESUME,
        LEAVE,
        CHAT,
        RENAME,
        HAND
    }

    /** What the client knows of it. */
    enum Outcome {
        /** It was told that it is so. */
        ACKNOWLEDGED,
        /** It was told that it is not so. */
        REFUSED,
        /** It was told nothing, or that nobody knows. */
        UNKNOWN
    }

    boolean is(Kind one, Outcome end) {
        return kind == one && outcome == end;
    }
}
