package dev.grandstand.protocol.scaling;

import dev.grandstand.protocol.RoomId;
import java.util.Map;

/**
 * Who wants to be carried.
 *
 * @param seated people who have a seat, each counted once also if they are moving
 * @param waiting people who asked for a seat and have none yet
 * @param audiences how many of both are in each room that an announced show is in; rooms without anybody may be left out
 */
public record Demand(int seated, int waiting, Map<RoomId, Integer> audiences) {

    /** Copies the map. */
    public Demand {
        audiences = Map.copyOf(audiences);
    }

    /** All of them. */
    public int people() {
        return seated + waiting;
    }
}
