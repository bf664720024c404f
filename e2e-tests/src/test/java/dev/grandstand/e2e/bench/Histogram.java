package dev.grandstand.e2e.bench;

/** Durations by tenths of a millisecond, however many; used by one thread at a time. */
final class Histogram {

    private static final int SLOTS = 200_000;
    private static final long NANOS_PER_SLOT = 100_000;

    private final long[] counts = new long[SLOTS];
    private long count;

    void add(long nanos) {
        int slot = (int) Math.clamp(nanos / NANOS_PER_SLOT, 0, SLOTS - 1);
        counts[slot]++;
        count++;
    }

    long count() {
        return count;
    }

    /** In milliseconds; 0 without values. */
    double percentile(double percent) {
        long rank = (long) Math.ceil(percent / 100 * count);
        long seen = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            seen += counts[slot];
            if (seen >= rank && seen > 0) {
                return (slot + 1) * NANOS_PER_SLOT / 1e6;
            }
        }
        return 0;
    }
}
