package dev.grandstand.allocator.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * Rooms that a node was given a short while ago. Their audience is still on its way there, so that the node's seats say too
 * little of it.
 *
 * @param rooms how many, as of then; each counts for half after {@link #HALF_LIFE}
 * @param at when the last of them came
 */
public record Ramp(double rooms, Instant at) {

    static final Duration HALF_LIFE = Duration.ofSeconds(5);

    static final Ramp NONE = new Ramp(0, Instant.EPOCH);

    Ramp joined(Instant when) {
        return new Ramp(credit(when) + 1, when.isAfter(at) ? when : at);
    }

    /** How many still count. */
    double credit(Instant now) {
        double age = Math.max(0, Duration.between(at, now).toMillis());
        return rooms * Math.pow(0.5, age / HALF_LIFE.toMillis());
    }
}
