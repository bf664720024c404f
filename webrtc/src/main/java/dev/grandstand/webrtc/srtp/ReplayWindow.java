package dev.grandstand.webrtc.srtp;

import dev.grandstand.webrtc.rtp.SequenceUnwrapper;

/**
 * Which packets of a source were seen (RFC 3711 section 3.3.2). Wider than the least of 64 that the RFC asks for, and than
 * jitsi-srtp's: that is a fifth of a second of a good picture, and what was lost and asked for again would be taken for a
 * replay where the way is long.
 */
final class ReplayWindow {

    /** Packets, a power of two: three seconds of 2.5 Mbit/s. */
    static final int SIZE = 1_024;

    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final long[] seen = new long[SIZE / Long.SIZE];

    /** Whether a packet is neither seen before nor too old to tell. */
    boolean isNew(int sequence) {
        long extended = sequences.peek(sequence);
        long highest = sequences.highest();
        return extended > highest || highest - extended < SIZE && (seen[word(extended)] & bit(extended)) == 0;
    }

    /** Takes note of an authentic packet that {@link #isNew}. */
    void add(int sequence) {
        long before = sequences.highest();
        long extended = sequences.unwrap(sequence);
        for (long skipped = Math.max(before, extended - SIZE) + 1; skipped <= extended; skipped++) {
            seen[word(skipped)] &= ~bit(skipped);
        }
        seen[word(extended)] |= bit(extended);
    }

    private static int word(long extended) {
        return (int) (extended & SIZE - 1) / Long.SIZE;
    }

    private static long bit(long extended) {
        return 1L << extended;
    }
}
