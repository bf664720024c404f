package dev.grandstand.loadagent;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes what a VP8 encoder's packets look like to everything between encoder and decoder: payload descriptors with
 * 15-bit picture ids (RFC 7741 section 4.2), keyframes on demand and several times as large as others, the average
 * bitrate held. No decoder could show it: behind the first octets there is noise. One thread.
 */
final class Vp8Stream {

    /** RTP clock of video in Hz (RFC 7741 section 4.1). */
    static final int CLOCK = 90_000;

    /** Largest payload: what browsers send, so that a packet fits wherever they fit. */
    static final int PAYLOAD_LIMIT = 1_150;

    private static final int DESCRIPTOR = 4;
    private static final int KEYFRAME_HEADER = 10;
    private static final int KEYFRAME_FACTOR = 5;
    private static final double LEAST_SHARE = 0.5;

    private final SplittableRandom random;
    private PictureShape shape;
    private int pictureId;
    private int timestamp;
    private long debt;

    Vp8Stream(PictureShape shape, long seed) {
        this.shape = shape;
        random = new SplittableRandom(seed);
        pictureId = random.nextInt(0x8000);
        timestamp = random.nextInt();
    }

    /** From the next frame on. */
    void shape(PictureShape given) {
        shape = given;
    }

    /** The next frame's payloads, in order; the last one wants the marker. */
    List<byte[]> frame(boolean keyframe) {
        timestamp += CLOCK / shape.framesPerSecond();
        pictureId = (pictureId + 1) & 0x7FFF;
        int share = shape.bitsPerSecond() / 8 / shape.framesPerSecond();
        int size = keyframe ? KEYFRAME_FACTOR * share : (int) Math.max(LEAST_SHARE * share, share - debt);
        debt += size - share;
        return packets(Math.max(size, KEYFRAME_HEADER), keyframe);
    }

    /** Of the last frame. */
    int timestamp() {
        return timestamp;
    }

    private List<byte[]> packets(int size, boolean keyframe) {
        int count = Math.ceilDiv(size, PAYLOAD_LIMIT - DESCRIPTOR);
        var packets = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) size * i / count);
            int to = (int) ((long) size * (i + 1) / count);
            var payload = new byte[DESCRIPTOR + to - from];
            random.nextBytes(payload);
            payload[0] = (byte) (i == 0 ? 0x90 : 0x80);
            payload[1] = (byte) 0x80;
            payload[2] = (byte) (0x80 | pictureId >> 8);
            payload[3] = (byte) pictureId;
            if (i == 0) {
                begin(payload, keyframe);
            }
            packets.add(payload);
        }
        return packets;
    }

    /** The frame header of RFC 6386 section 9.1: its first bit tells keyframes; those have a start code. */
    private static void begin(byte[] payload, boolean keyframe) {
        payload[DESCRIPTOR] = (byte) (keyframe ? 0x10 : 0x11);
        if (keyframe) {
            payload[DESCRIPTOR + 3] = (byte) 0x9D;
            payload[DESCRIPTOR + 4] = 0x01;
            payload[DESCRIPTOR + 5] = 0x2A;
        }
    }
}
