package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;

/** Where a session stands: outside, on its way into a room, inside, or away without having left. */
sealed interface Presence {

    /** In no room. */
    record Outside() implements Presence {}

    /**
     * A join is under way.
     *
     * @param returning whether the participant was there before, and stays if the join fails
     */
    record Entering(RoomId room, ParticipantId participant, ConnectionId connection, boolean returning)
            implements Presence {}

    /**
     * The socket is gone. Until the participant is back over another one, or has left, their connections to the media
     * nodes are kept.
     *
     * @param from what the session was
     */
    record Away(Inside from) implements Presence {}

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
