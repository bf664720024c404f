package dev.grandstand.loadagent;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What a decoder would miss. A frame can be decoded when it is complete and the one before it was decoded, or when it is a
 * keyframe: VP8 or H.264 as browsers send it to a room, in one layer. Frames of VP8 are told apart by their picture ids, which
 * also tell of those of which nothing came; those of H.264 come in their order. One thread.
 */
final class DecoderModel {

    /** For a picture without an id. */
    static final long UNKNOWN = -1;

    /** Between two decoded frames: longer is a freeze. */
    static final Duration FREEZE = Duration.ofMillis(150);

    /** Frames that may still become complete, a power of two; more than a second's. */
    private static final int WINDOW = 64;

    /** Further ahead is another numbering and no gap. */
    private static final int JUMP = 1_000;

    private static final byte COMPLETE = 1;
    private static final byte KEY = 2;

    private final LongSupplier epochMicros;
    private final byte[] state = new byte[WINDOW];
    private final long[] mark = new long[WINDOW];
    private final DelayHistogram delays = new DelayHistogram();
    private long first = UNKNOWN;
    private long highest = UNKNOWN;
    private long next = UNKNOWN;
    private long incomplete;
    private long decoded;
    private long lastDecoded;
    private long freezes;
    private long frozenNanos;
    private long longestNanos;

    DecoderModel(LongSupplier epochMicros) {
        this.epochMicros = epochMicros;
    }

    /**
     * Takes note of a picture of which a packet came.
     *
     * @param id of so many bits, 0 if there is none
     * @return its number, counted on beyond these bits; {@link #UNKNOWN} if there is none or it is too old
     */
    long seen(int id, int bits) {
        if (bits == 0) {
            return UNKNOWN;
        }
        if (highest == UNKNOWN) {
            return begin((1L << 16) + id);
        }
        long range = 1L << bits;
        long ahead = (id - highest) & range - 1;
        long picture = ahead < range / 2 ? highest + ahead : highest + ahead - range;
        if (picture - highest > JUMP) {
            return begin(picture);
        }
        while (highest < picture) {
            highest++;
            forget(highest - WINDOW);
        }
        if (picture <= highest - WINDOW) {
            return UNKNOWN;
        }
        // The first frame's packets may have been overtaken by the second's.
        first = Math.min(first, picture);
        return picture;
    }

    private long begin(long picture) {
        first = picture;
        highest = picture;
        Arrays.fill(state, (byte) 0);
        Arrays.fill(mark, 0);
        return picture;
    }

    private void forget(long picture) {
        int slot = slot(picture);
        if (picture >= first && (state[slot] & COMPLETE) == 0) {
            incomplete++;
        }
        state[slot] = 0;
        mark[slot] = 0;
    }

    void marked(long picture, long micros) {
        if (picture != UNKNOWN) {
            mark[slot(picture)] = micros;
        }
    }

    void complete(long picture, boolean keyframe, long now) {
        if (picture == UNKNOWN) {
            decoded(now);
            return;
        }
        int slot = slot(picture);
        state[slot] = (byte) (COMPLETE | (keyframe ? KEY : 0));
        if (mark[slot] != 0) {
            delays.add(epochMicros.getAsLong() - mark[slot]);
        }
        if (picture == next || keyframe && picture > next) {
            next = picture;
            while (next <= highest && (state[slot(next)] & COMPLETE) != 0) {
                decoded(now);
                next++;
            }
        }
    }

    /** A keyframe follows a gap, however many frames without a number were in it. */
    void skipped() {
        incomplete++;
    }

    /** Goes on where another connection for the same stream ended, so that the time between is a gap, too. */
    void resume(long lastDecodedNanos) {
        lastDecoded = lastDecodedNanos;
    }

    /** {@link System#nanoTime} of the last decoded frame, 0 if there was none. */
    long lastDecoded() {
        return lastDecoded;
    }

    private void decoded(long now) {
        long gap = now - lastDecoded;
        if (lastDecoded != 0 && gap > FREEZE.toNanos()) {
            freezes++;
            frozenNanos += gap;
        }
        longestNanos = lastDecoded == 0 ? 0 : Math.max(longestNanos, gap);
        lastDecoded = now;
        decoded++;
    }

    private static int slot(long picture) {
        return (int) (picture & WINDOW - 1);
    }

    /** Frames given up, because {@value #WINDOW} later ones have begun; of H.264 the gaps between keyframes, as nothing numbers what is missing. */
    long incomplete() {
        return incomplete;
    }

    /** Frames that could be shown. */
    long decoded() {
        return decoded;
    }

    /** Freezes, with the one that still lasts. */
    long freezes(long now) {
        return freezes + (frozen(now) ? 1 : 0);
    }

    /** All freezes together. */
    Duration frozenFor(long now) {
        return Duration.ofNanos(frozenNanos + (frozen(now) ? now - lastDecoded : 0));
    }

    /** Longest time between two decoded frames. */
    Duration longestGap(long now) {
        return Duration.ofNanos(frozen(now) ? Math.max(longestNanos, now - lastDecoded) : longestNanos);
    }

    private boolean frozen(long now) {
        return lastDecoded != 0 && now - lastDecoded > FREEZE.toNanos();
    }

    /** From the sending of marked frames until they were complete. */
    DelayHistogram delays() {
        return delays;
    }
}
