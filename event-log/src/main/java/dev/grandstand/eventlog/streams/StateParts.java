package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room's state cut into parts that are stored one by one, so that a command writes what it touched and no more: with a
 * thousand people in a room, a rename costs one small record in the changelog.
 *
 * @param <E> the family of events
 * @param <S> the state of one room
 */
public interface StateParts<E, S> {

    /** The names of the parts that the event changes, makes or ends. */
    Set<String> touched(S before, EventRecord<E> event);

    /** What is stored of the part; null if the state has no such part (any more). */
    byte @Nullable [] encode(S state, String part);

    /**
     * The state again from all of its parts.
     *
     * @throws BadJson if a part is not what {@link #encode} writes
     */
    S restore(RoomId room, Map<String, byte[]> parts) throws BadJson;
}
