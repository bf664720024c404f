package dev.grandstand.allocator.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * How many came a short while ago. Of rooms that a node was given: their audience is still on its way there, so that the node's
 * seats say too little of it. Of people who were seated in a room: as many may be about to come.
 *
 * @param recent how many, as of then; each counts for half after {@link #HALF_LIFE}
 * @param at when the last of them came
 */
public record Ramp(double recent, Instant at) {

    static final Duration HALF_LIFE = Duration.ofSeconds(5);

    static final Ramp NONE = new Ramp(0, Instant.EPOCH);

    Ramp joined(Instant when) {
        return new Ramp(credit(when) + 1, when.isAfter(at) ? when : at);
    }

    Ramp left(Instant when) {
        return new Ramp(Math.max(0, credit(when) - 1), when.isAfter(at) ? when : at);
    }

    /** How many come within some time if it goes on as it did. */
    double expected(Instant now, Duration within) {
        return credit(now) * Math.log(2) * within.toMillis() / HALF_LIFE.toMillis();
    }

    /** How many still count. */
    double credit(Instant now) {
        double age = Math.max(0, Duration.between(at, now).toMillis());
        return recent * Math.pow(0.5, age / HALF_LIFE.toMillis());
    }
}
