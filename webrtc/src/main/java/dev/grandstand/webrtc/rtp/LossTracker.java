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
    private long lowest = -1;
    private long highest = -1;
    private long lostUntil = -1;
    private boolean lost;
    private long missed;
    private long repaired;

    /** @param sequence extended */
    public void received(long sequence, long now) {
        if (highest < 0) {
            lowest = sequence;
            highest = sequence;
            return;
        }
        if (sequence > highest) {
            gap(count, highest + 1, sequence, now);
            highest = sequence;
            return;
        }
        if (sequence < lowest) {
            beforeTheFirst(sequence, now);
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

    /** The first packet that arrives need not be the first that was sent: what was sent in between may be lost, too. */
    private void beforeTheFirst(long sequence, long now) {
        if (lowest - sequence <= LIMIT) {
            gap(0, sequence + 1, lowest, now);
            lowest = sequence;
        }
    }

    /** @param at where these belong among the missing, which are in ascending order */
    private void gap(int at, long from, long to, long now) {
        int more = (int) Math.min(to - from, LIMIT + 1);
        if (more == 0) {
            return;
        }
        missed += to - from;
        if (more + count > LIMIT) {
            count = 0;
            giveUp(to - 1);
            return;
        }
        if (missing.length == 0) {
            missing = new long[LIMIT];
            noticed = new long[LIMIT];
            asked = new long[LIMIT];
            attempts = new int[LIMIT];
        }
        move(at, at + more);
        for (int i = 0; i < more; i++) {
            missing[at + i] = from + i;
            noticed[at + i] = now;
            attempts[at + i] = 0;
        }
    }

    private void remove(int index) {
        move(index + 1, index);
    }

    /** Moves all from one place on to another, over what is there. */
    private void move(int from, int to) {
        int length = count - from;
        System.arraycopy(missing, from, missing, to, length);
        System.arraycopy(noticed, from, noticed, to, length);
        System.arraycopy(asked, from, asked, to, length);
        System.arraycopy(attempts, from, attempts, to, length);
        count += to - from;
    }

    private void giveUp(long sequence) {
        lost = true;
        lostUntil = Math.max(lostUntil, sequence);
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
                giveUp(missing[i]);
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

    /** The newest packet that was given up; a keyframe from before it does not help. −1 if none was. */
    public long lostUntil() {
        return lostUntil;
    }
}
