package dev.grandstand.room;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.room.RoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * A participant's connections, as far as they matter.
 *
 * @param current what is said over any other one is stale
 * @param former the one whose token the participant resumed with, if they have
 */
record Link(ConnectionId current, @Nullable ConnectionId former) {

    static Link first(ConnectionId connection) {
        return new Link(connection, null);
    }

    static Link resumed(RoomEvent.ParticipantResumed back) {
        return new Link(back.connection(), back.former());
    }

    boolean is(ConnectionId connection) {
        return current.equals(connection);
    }

    /** Whoever never received the answer to their last resume has only the token of the connection before it. */
    boolean isOrWas(ConnectionId connection) {
        return is(connection) || connection.equals(former);
    }
}
