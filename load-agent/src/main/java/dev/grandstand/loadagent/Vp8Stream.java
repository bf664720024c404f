package dev.grandstand.loadagent;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes what a VP8 encoder's packets look like to everything between encoder and decoder: keyframes on demand and several
 * times as large as others, the average bitrate held. No decoder could show it: behind the first octets there is noise,
 * and the time of sending. One thread.
 */
final class Vp8Stream {

    /** RTP clock of video in Hz (RFC 7741 section 4.1). */
    static final int CLOCK = 90_000;

    /** Where a frame's {@link FrameMark} stands in its data: behind the longest frame header. */
    static final int MARK_OFFSET = 10;

    private static final int KEYFRAME_FACTOR = 5;
    private static final double LEAST_SHARE = 0.5;

    private final SplittableRandom random;
    private final Vp8Payloads payloads;
    private PictureShape shape;
    private int timestamp;
    private long debt;

    Vp8Stream(PictureShape shape, long seed) {
        this.shape = shape;
        random = new SplittableRandom(seed);
        payloads = new Vp8Payloads(random.nextInt(0x8000));
        timestamp = random.nextInt();
    }

    /** From the next frame on. */
    void shape(PictureShape given) {
        shape = given;
    }

    /** The next frame's payloads, in order; the last one wants the marker. */
    List<byte[]> frame(boolean keyframe) {
        timestamp += CLOCK / shape.framesPerSecond();
        int share = shape.bitsPerSecond() / 8 / shape.framesPerSecond();
        int size = keyframe ? KEYFRAME_FACTOR * share : (int) Math.max(LEAST_SHARE * share, share - debt);
        debt += size - share;
        var data = new byte[Math.max(size, MARK_OFFSET + FrameMark.LENGTH)];
        random.nextBytes(data);
        begin(data, keyframe);
        FrameMark.write(data, MARK_OFFSET, FrameMark.now());
        return payloads.of(data);
    }

    /** Of the last frame. */
    int timestamp() {
        return timestamp;
    }

    /** The frame header of RFC 6386 section 9.1: its first bit tells keyframes; those have a start code. */
    private static void begin(byte[] data, boolean keyframe) {
        data[0] = (byte) (keyframe ? 0x10 : 0x11);
        if (keyframe) {
            data[3] = (byte) 0x9D;
            data[4] = 0x01;
            data[5] = 0x2A;
        }
    }
}
