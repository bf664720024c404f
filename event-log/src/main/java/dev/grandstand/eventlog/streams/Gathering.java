package dev.grandstand.eventlog.streams;

import java.time.Duration;

/**
 * How long records gather before a transaction takes them: hardly while there are few, longer the more there are. A
 * transaction costs the broker a batch, a marker and an index entry for each partition that it touches, however many records
 * it has there; so where cores are full, fewer and larger ones are what makes room, and where they are not, nobody waits.
 *
 * <p>For one thread. Times are milliseconds of any clock.
 */
final class Gathering {

    /** Up to so many records a second the wait is the shortest. */
    static final int FEW = 500;

    /** From so many records a second on it is the longest. */
    static final int MANY = 3_000;

    /** For so long records are counted before the wait follows. */
    static final Duration WINDOW = Duration.ofMillis(100);

    private final long shortest;
    private final long longest;
    private long since;
    private long count;
    private double perSecond;

    /**
     * @param shortest the wait while there are few records
     * @param longest the wait while there are many
     */
    Gathering(Duration shortest, Duration longest) {
        this.shortest = shortest.toMillis();
        this.longest = longest.toMillis();
    }

    /** A record came. */
    void came(long now) {
        long counted = now - since;
        if (counted >= WINDOW.toMillis()) {
            perSecond = count * 1_000.0 / counted;
            since = now;
            count = 0;
        }
        count++;
    }

    /** For how long records gather at present, in milliseconds. */
    long millis() {
        double many = Math.clamp((perSecond - FEW) / (MANY - FEW), 0.0, 1.0);
        return Math.max(shortest, Math.round(many * longest));
    }
}
