package dev.grandstand.e2e.faults;

import java.util.Random;

/** When a client that lost its socket tries again: as the pages do. */
final class RetrySchedule {

    private static final long[] FIRST_MS = {0, 300, 1_200, 2_700, 4_800};
    private static final long STEADY_MS = 7_000;
    private static final double JITTER = 0.2;

    private final Random random;
    private int attempt;

    RetrySchedule(Random random) {
        this.random = random;
    }

    void healthy() {
        attempt = 0;
    }

    /** Milliseconds until the next attempt. */
    long next() {
        var base = attempt < FIRST_MS.length ? FIRST_MS[attempt] : STEADY_MS;
        attempt++;
        return Math.round(base * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
