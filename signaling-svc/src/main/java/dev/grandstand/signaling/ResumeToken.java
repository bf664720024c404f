package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an instance needs to take a session up again which another one had. Name, role and seat are not in it: room-svc
 * and the allocator keep them, and they may have changed since. Good for one return only, because room-svc compares the
 * connection.
 *
 * @param room where
 * @param participant who
 * @param connection over which the participant was there when the token was given
 * @param expires from then on it is worth nothing
 * @param held the connections to media nodes
 * @param priority with which a seat is asked for; absent for everybody's
 */
record ResumeToken(
        RoomId room,
        ParticipantId participant,
        ConnectionId connection,
        Instant expires,
        List<Held> held,
        @Nullable SeatPriority priority) {

    ResumeToken {
        held = List.copyOf(held);
    }

    /**
     * One connection to a media node.
     *
     * @param stream which stream it carries
     * @param endpoint the session's end of it
     * @param source the publisher's endpoint that it is fed from; absent if the session publishes
     */
    record Held(
            StreamId stream,
            MediaLocation endpoint,
            @Nullable String source) {

        Direction direction() {
            return source == null ? Direction.PUBLISH : Direction.VIEW;
        }
    }
}
