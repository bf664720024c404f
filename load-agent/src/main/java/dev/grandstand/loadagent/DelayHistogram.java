package dev.grandstand.loadagent;

import java.time.Duration;

/**
 * Delays in buckets that grow by a tenth each, from 0.1 ms to over a minute: percentiles are right to that tenth, and
 * histograms of thousands of viewers add up. One thread.
 */
public final class DelayHistogram {

    private static final int BUCKETS = 144;
    private static final double LEAST_MICROS = 100;
    private static final double GROWTH = Math.log(1.1);

    private final long[] counts = new long[BUCKETS];
    private long total;

    /** @param micros negative ones count as none */
    public void add(long micros) {
        int bucket = micros <= LEAST_MICROS ? 0 : (int) Math.ceil(Math.log(micros / LEAST_MICROS) / GROWTH);
        counts[Math.min(bucket, BUCKETS - 1)]++;
        total++;
    }

    /** All of another. */
    public void add(DelayHistogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** What came since an earlier state of the same histogram. */
    public DelayHistogram since(DelayHistogram earlier) {
        var later = new DelayHistogram();
        for (int i = 0; i < BUCKETS; i++) {
            later.counts[i] = Math.max(0, counts[i] - earlier.counts[i]);
            later.total += later.counts[i];
        }
        return later;
    }

    /** How many were added. */
    public long total() {
        return total;
    }

    /** Zero if there is none. */
    public Duration percentile(double percent) {
        long rank = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS && rank > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Duration.ofNanos((long) (LEAST_MICROS * 1_000 * Math.exp(GROWTH * i)));
            }
        }
        return Duration.ZERO;
    }
}
