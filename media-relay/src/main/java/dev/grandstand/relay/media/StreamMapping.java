package dev.grandstand.relay.media;

/**
 * Turns the numbers of whatever source a viewer is given into those of one continuous stream: sequence numbers without a
 * jump, timestamps that go on with the clock, picture ids that count on.
 *
 * <p>A mapping is a fixed function for as long as the source stays: a packet that is sent again is the same packet to the
 * bit. It has to be, because SRTP encrypts it with the same key stream, and two different texts under one key stream
 * betray each other.
 *
 * <p>When a viewer starts at a keyframe of the past, the timestamps up to the present are pressed together to a sixteenth:
 * otherwise the viewer's jitter buffer would keep that past as delay.
 */
final class StreamMapping {

    private static final int REPLAY_COMPRESSION = 16;

    private boolean begun;
    private long firstSequence;
    private long sequenceOffset;
    private int anchorIn;
    private int anchorOut;
    private int pictureOffset;
    private int tl0Offset;

    private long lastSequence = -1;
    private int lastTimestamp;
    private int lastPictureId = -1;
    private int lastTl0 = -1;
    private long lastNanos;

    private final int clockRate;
    private final int leastStep;

    /**
     * @param clockRate of the timestamps in Hz
     * @param initialSequence first sequence number ever, 0–32767
     * @param initialTimestamp first timestamp ever
     */
    StreamMapping(int clockRate, int initialSequence, int initialTimestamp) {
        this.clockRate = clockRate;
        this.leastStep = clockRate / 50;
        this.lastSequence = 0x1_0000L + initialSequence;
        this.lastTimestamp = initialTimestamp;
    }

    /**
     * Begins to map a source.
     *
     * @param sequence of the first packet that will be sent
     * @param timestamp of that packet
     * @param live timestamp of the source's newest packet; equal to {@code timestamp} unless the past is replayed
     * @param pictureId of the first packet, −1 if it has none; likewise {@code tl0}
     */
    void begin(long sequence, int timestamp, int live, int pictureId, int tl0, long now) {
        firstSequence = sequence;
        sequenceOffset = lastSequence + 1 - sequence;
        int past = (live - timestamp) / REPLAY_COMPRESSION;
        long elapsed = lastNanos == 0 ? 0 : (now - lastNanos) / 1_000 * clockRate / 1_000_000;
        anchorIn = live;
        anchorOut = lastTimestamp + Math.max((int) elapsed, leastStep + past);
        pictureOffset = lastPictureId < 0 || pictureId < 0 ? 0 : lastPictureId + 1 - pictureId;
        tl0Offset = lastTl0 < 0 || tl0 < 0 ? 0 : lastTl0 + 1 - tl0;
        begun = true;
    }

    /** Stops mapping; the next {@link #begin} goes on where this ended. */
    void end() {
        begun = false;
    }

    boolean begun() {
        return begun;
    }

    /** Whether a packet of the source belongs to what is being sent. */
    boolean covers(long sequence) {
        return begun && sequence >= firstSequence;
    }

    long sequence(long sequence) {
        return sequence + sequenceOffset;
    }

    /** The source's sequence number behind one that was sent, −1 if it is not of the present source. */
    long sourceSequence(int sent) {
        long extended = lastSequence + (short) (sent - (int) lastSequence);
        long source = extended - sequenceOffset;
        return extended <= lastSequence && covers(source) ? source : -1;
    }

    int timestamp(int timestamp) {
        int sinceAnchor = timestamp - anchorIn;
        return anchorOut + (sinceAnchor < 0 ? sinceAnchor / REPLAY_COMPRESSION : sinceAnchor);
    }

    int pictureId(int pictureId, int bits) {
        return (pictureId + pictureOffset) & ((1 << bits) - 1);
    }

    int tl0(int tl0) {
        return (tl0 + tl0Offset) & 0xFF;
    }

    /** Takes note of what was sent, so that the next source can go on from there. */
    void sent(long sequence, int timestamp, int pictureId, int tl0, long now) {
        if (sequence > lastSequence) {
            lastSequence = sequence;
            lastTimestamp = timestamp;
            lastNanos = now;
            lastPictureId = pictureId < 0 ? lastPictureId : pictureId;
            lastTl0 = tl0 < 0 ? lastTl0 : tl0;
        }
    }
}
