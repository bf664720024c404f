package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import java.time.Instant;

/**
 * Somebody without a seat.
 *
 * @param room in which room
 * @param participant who
 * @param cause the command that asked
 * @param at when it asked; the queue is in this order
 * @param announced the position that they were told last; 0 as long as they were told none
 */
public record Waiting(RoomId room, ParticipantId participant, CommandId cause, Instant at, int announced) {

    Waiting told(int position) {
        return new Waiting(room, participant, cause, at, position);
    }

    boolean is(RoomId otherRoom, ParticipantId other) {
        return room.equals(otherRoom) && participant.equals(other);
    }
}
