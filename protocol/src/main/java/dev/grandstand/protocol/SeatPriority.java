package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Who goes first when seats are short: those who paid more, or are privileged otherwise.
 *
 * @param level from 0, which is everybody's, to 9, which goes before all others
 */
public record SeatPriority(@JsonValue int level) implements Comparable<SeatPriority> {

    /** Whoever is given no other. */
    public static final SeatPriority ORDINARY = new SeatPriority(0);

    private static final int HIGHEST = 9;

    /** @throws BadValue if the level is out of range */
    @JsonCreator
    public SeatPriority {
        if (level < 0 || level > HIGHEST) {
            throw new BadValue("a priority is a number from 0 to " + HIGHEST);
        }
    }

    @Override
    public int compareTo(SeatPriority other) {
        return Integer.compare(level, other.level);
    }

    @Override
    public String toString() {
        return String.valueOf(level);
    }
}
