package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * Somebody without a seat.
 *
 * @param room in which room
 * @param participant who
 * @param priority who has a higher one goes first
 * @param cause the command that asked
 * @param at when it asked; of those with the same priority whoever asked first goes first
 * @param announced the position that they were told last; 0 as long as they were told none
 * @param expected the wait that they were told with it
 */
public record Waiting(
        RoomId room,
        ParticipantId participant,
        SeatPriority priority,
        CommandId cause,
        Instant at,
        int announced,
        Duration expected) {

    /** Who goes first. No two are equal, so that each replay makes the same queue. */
    static final Comparator<Waiting> ORDER = Comparator.comparing(Waiting::priority)
            .reversed()
            .thenComparing(Waiting::at)
            .thenComparing(who -> who.room().value())
            .thenComparing(who -> who.participant().value());

    Waiting told(int position, Duration wait) {
        return new Waiting(room, participant, priority, cause, at, position, wait);
    }
}
