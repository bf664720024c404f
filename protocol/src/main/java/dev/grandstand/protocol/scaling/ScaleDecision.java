package dev.grandstand.protocol.scaling;

import java.time.Instant;
import java.util.List;

/**
 * How many nodes there are to be, and why; with everything that it was decided from.
 *
 * @param at when
 * @param nodes how many are to be ordered ({@link FleetFigures#ordered})
 * @param direction what that is to the number that is ordered now
 * @param reason in words; the same as long as nothing of it changes
 * @param need what is needed
 * @param fleet as it was
 * @param demand as it was
 * @param shows the announced shows that counted
 */
public record ScaleDecision(
        Instant at,
        int nodes,
        Direction direction,
        String reason,
        Need need,
        FleetFigures fleet,
        Demand demand,
        List<ScheduledShow> shows) {

    /** Which way. */
    public enum Direction {
        /** More nodes. */
        UP,
        /** Fewer: as many are emptied, the emptiest first, and go when nobody is on them. */
        DOWN,
        /** As many as there are. */
        STAY
    }

    /** Copies the list. */
    public ScaleDecision {
        shows = List.copyOf(shows);
    }
}
