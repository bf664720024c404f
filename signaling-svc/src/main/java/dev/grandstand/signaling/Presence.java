package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;

/** Where a session stands: outside, on its way into a room, or inside. */
sealed interface Presence {

    /** In no room. */
    record Outside() implements Presence {}

    /** A join is under way. */
    record Entering(RoomId room, ParticipantId participant, ConnectionId connection) implements Presence {}

    /** In a room. */
    record Inside(RoomId room, Participant you, ConnectionId connection, LocalRoom local) implements Presence {

        Inside renamed(DisplayName name) {
            return new Inside(room, you.renamed(name), connection, local);
        }

        Inside over(ConnectionId next) {
            return new Inside(room, you, next, local);
        }
    }
}
