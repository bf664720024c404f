package dev.grandstand.webrtc.rtp;

import java.time.Duration;

/**
 * Knows which packets of a source are missing and when to ask for them again (RFC 4585 section 6.2.1): not before packets
 * that merely overtook each other have had their time, then at intervals, and not for ever.
 */
public final class LossTracker {

    /** More missing at once than this is a broken connection, which retransmissions would not mend. */
    public static final int LIMIT = 192;

    private static final long REORDER_TOLERANCE = Duration.ofMillis(8).toNanos();
    private static final long LEAST_INTERVAL = Duration.ofMillis(40).toNanos();
    private static final long LIFETIME = Duration.ofMillis(1_000).toNanos();
    private static final int ATTEMPTS = 8;

    // Made with the first loss: most connections of a relay send to us nothing that could be lost.
    private long[] missing = {};
    private long[] noticed = {};
    private long[] asked = {};
    private int[] attempts = {};
    private int count;
    private long highest = -1;
    private boolean lost;
    private long missed;
    private long repaired;

    /** @param sequence extended */
    public void received(long sequence, long now) {
        if (highest < 0 || sequence > highest) {
            if (highest >= 0 && sequence > highest + 1) {
                gap(highest + 1, sequence, now);
            }
            highest = sequence;
            return;
        }
        for (int i = 0; i < count; i++) {
            if (missing[i] == sequence) {
                repaired += attempts[i] > 0 ? 1 : 0;
                missed -= attempts[i] > 0 ? 0 : 1;
                remove(i);
                return;
            }
        }
    }

    private void gap(long from, long to, long now) {
        missed += to - from;
        if (to - from + count > LIMIT) {
            count = 0;
            lost = true;
            return;
        }
        if (missing.length == 0) {
            missing = new long[LIMIT];
            noticed = new long[LIMIT];
            asked = new long[LIMIT];
            attempts = new int[LIMIT];
        }
        for (long sequence = from; sequence < to; sequence++) {
            missing[count] = sequence;
            noticed[count] = now;
            attempts[count] = 0;
            count++;
        }
    }

    private void remove(int index) {
        int after = --count - index;
        System.arraycopy(missing, index + 1, missing, index, after);
        System.arraycopy(noticed, index + 1, noticed, index, after);
        System.arraycopy(asked, index + 1, asked, index, after);
        System.arraycopy(attempts, index + 1, attempts, index, after);
    }

    /**
     * Which packets to ask for now, in ascending order.
     *
     * @param out for {@link #LIMIT} sequence numbers of 16 bits
     * @param roundTrip estimate in nanoseconds, 0 if unknown
     * @return how many
     */
    public int due(long now, long roundTrip, int[] out) {
        int due = 0;
        long interval = Math.max(LEAST_INTERVAL, roundTrip + roundTrip / 2);
        for (int i = 0; i < count; ) {
            if (now - noticed[i] > LIFETIME || attempts[i] >= ATTEMPTS) {
                lost = true;
                remove(i);
                continue;
            }
            boolean first = attempts[i] == 0;
            if (first ? now - noticed[i] >= REORDER_TOLERANCE : now - asked[i] >= interval) {
                attempts[i]++;
                asked[i] = now;
                out[due++] = (int) (missing[i] & 0xFFFF);
            }
            i++;
        }
        return due;
    }

    /** How many packets were missing for longer than it takes to overtake; those that wait for that time are among them. */
    public long missed() {
        return missed;
    }

    /** How many of {@link #missed} came after they had been asked for. */
    public long repaired() {
        return repaired;
    }

    /** Whether something is missing. */
    public boolean pending() {
        return count > 0;
    }

    /** Whether packets were given up since the last call, so that only a keyframe helps. */
    public boolean takeLost() {
        boolean was = lost;
        lost = false;
        return was;
    }
}
