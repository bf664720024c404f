package dev.grandstand.allocator.fleet;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast seats become free, which tells how long a queue may take.
 *
 * @param last when a seat became free last
 * @param meanMs mean time from one to the next, in milliseconds; newer times weigh more
 */
public record Turnover(@Nullable Instant last, double meanMs) {

    /** Before anything is known. */
    public static final Turnover UNKNOWN = new Turnover(null, 30_000);

    private static final double WEIGHT = 0.2;
    private static final Duration LONGEST = Duration.ofHours(1);

    Turnover freed(Instant at) {
        var before = last;
        if (before == null || at.isBefore(before)) {
            return new Turnover(at, meanMs);
        }
        double interval = Math.min(Duration.between(before, at).toMillis(), LONGEST.toMillis());
        return new Turnover(at, (1 - WEIGHT) * meanMs + WEIGHT * interval);
    }

    /** As of now: when none has become free for longer than usual, that counts before the next one does. */
    double meanMs(Instant now) {
        var before = last;
        return before == null || Duration.between(before, now).toMillis() <= meanMs ? meanMs : freed(now).meanMs;
    }
}
