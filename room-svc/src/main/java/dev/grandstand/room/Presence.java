package dev.grandstand.room;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;

/**
 * A participant's life in a room: {@code Connected → Disconnected → Connected …}, until they have left. Only the legal
 * steps exist as methods, so that an illegal one does not compile; whoever has left has no presence.
 */
sealed interface Presence {

    /** Who. */
    Guest guest();

    /** Over which connection they are here, or were last. */
    Link link();

    /** The same presence of a guest that changed. */
    Presence with(Guest changed);

    /** Whether the token that was given for this connection brings them back. */
    boolean resumesFrom(ConnectionId connection);

    /** They come back, or take another connection while the one they had still seemed well. */
    Connected resume(RoomEvent.ParticipantResumed back);

    /**
     * Somebody holds their connection.
     *
     * @param instance who
     */
    record Connected(Guest guest, Link link, InstanceId instance) implements Presence {

        static Connected arriving(Guest guest, ConnectionId connection, InstanceId instance) {
            return new Connected(guest, Link.first(connection), instance);
        }

        Disconnected disconnect(Instant since) {
            return new Disconnected(guest, link, since);
        }

        @Override
        public Connected with(Guest changed) {
            return new Connected(changed, link, instance);
        }

        /** A token is good once: one that was used before this connection came about is a copy. */
        @Override
        public boolean resumesFrom(ConnectionId connection) {
            return link.is(connection);
        }

        @Override
        public Connected resume(RoomEvent.ParticipantResumed back) {
            return new Connected(guest, Link.resumed(back), back.instance());
        }
    }

    /**
     * Their connection is gone; they are given some time to come back.
     *
     * @param since when it was found to be gone
     */
    record Disconnected(Guest guest, Link link, Instant since) implements Presence {

        @Override
        public Disconnected with(Guest changed) {
            return new Disconnected(changed, link, since);
        }

        @Override
        public boolean resumesFrom(ConnectionId connection) {
            return link.isOrWas(connection);
        }

        @Override
        public Connected resume(RoomEvent.ParticipantResumed back) {
            return new Connected(guest, Link.resumed(back), back.instance());
        }
    }
}
