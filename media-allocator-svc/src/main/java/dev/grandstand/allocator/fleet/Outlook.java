package dev.grandstand.allocator.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Where the next seats come from: those that people give back, and nodes that are starting.
 *
 * @param turnover how fast seats become free
 * @param arrivals nodes that are starting, the next one first
 */
public record Outlook(Turnover turnover, List<Arrival> arrivals) {

    static final Outlook UNKNOWN = new Outlook(Turnover.UNKNOWN, List.of());

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Sorts a copy. */
    public Outlook {
        arrivals =
                arrivals.stream().sorted(Comparator.comparing(Arrival::ready)).toList();
    }

    /** What somebody at this position, from 1, may expect; between one second and one hour. */
    public Duration expectedWait(int position, Instant now) {
        double interval = turnover.meanMs(now);
        double missing = position;
        for (var arrival : arrivals) {
            double comes = Math.max(0, Duration.between(now, arrival.ready()).toMillis());
            if (missing * interval <= comes) {
                break;
            }
            missing -= arrival.seats();
            if (missing * interval <= comes) {
                return bounded(comes);
            }
        }
        return bounded(missing * interval);
    }

    private static Duration bounded(double ms) {
        var expected = Duration.ofMillis((long) ms);
        return expected.compareTo(SHORTEST) < 0 ? SHORTEST : expected.compareTo(LONGEST) > 0 ? LONGEST : expected;
    }
}
