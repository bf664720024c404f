package dev.grandstand.loadagent;

import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.webrtc.rtp.H264;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.rtp.SequenceUnwrapper;
import dev.grandstand.webrtc.rtp.Vp8Descriptor;
import java.util.function.LongSupplier;

/**
 * Puts packets of VP8 or H.264 together to frames: every packet from the one that begins the frame to the one with the
 * marker, in whatever order (a retransmission comes late). What a decoder would be given goes on to {@link DecoderModel},
 * without a decoder. VP8 says which packet begins a frame, and which frame it is; in H.264 a frame begins with parameter
 * sets or behind the marker of the one before. One thread.
 */
final class FrameCounter {

    /** Packets remembered, a power of two: more than the losses that are still asked for. */
    private static final int WINDOW = 1_024;

    private static final int START = 1;
    private static final int END = 2;
    private static final int KEY = 4;
    private static final int COUNTED = 8;

    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final long[] sequence = new long[WINDOW];
    private final byte[] flags = new byte[WINDOW];
    private final long[] lastOf = new long[WINDOW];
    private long decodedUntil;
    private final DecoderModel decoder;
    private long frames;
    private long keyframes;
    private long firstKeyframeNanos;

    FrameCounter() {
        this(FrameMark::now);
    }

    /** @param epochMicros the clock that marks are compared with */
    FrameCounter(LongSupplier epochMicros) {
        decoder = new DecoderModel(epochMicros);
    }

    /**
     * Takes an RTP packet.
     *
     * @param video the format of its payload: RFC 7741 or RFC 6184
     */
    void received(VideoCodec video, byte[] b, int offset, int length, long nowNanos) {
        int header = Rtp.headerLength(b, offset, length);
        int padding = header < 0 ? -1 : Rtp.padding(b, offset, length, header);
        long extended = sequences.unwrap(Rtp.sequence(b, offset));
        int slot = slot(extended);
        if (padding < 0 || extended <= sequence[slot]) {
            return;
        }
        int payload = offset + header;
        int end = offset + length - padding;
        sequence[slot] = extended;
        int marker = Rtp.marker(b, offset) ? END : 0;
        switch (video) {
            case VP8 -> vp8(b, payload, end, extended, marker, nowNanos);
            case H264 -> h264(b, payload, end, extended, marker, nowNanos);
        }
    }

    private void vp8(byte[] b, int payload, int end, long extended, int marker, long nowNanos) {
        boolean readable = vp8.read(b, payload, end - payload);
        long picture = readable ? decoder.seen(vp8.pictureId(b), vp8.pictureIdBits()) : DecoderModel.UNKNOWN;
        if (readable && vp8.startOfFrame()) {
            decoder.marked(picture, FrameMark.read(b, payload + vp8.length() + Vp8Stream.MARK_OFFSET, end));
        }
        flags[slot(extended)] =
                (byte) (marker | (readable && vp8.startOfFrame() ? START : 0) | (readable && vp8.keyframe() ? KEY : 0));
        count(extended, picture, false, nowNanos);
    }

    private void h264(byte[] b, int payload, int end, long extended, int marker, long nowNanos) {
        boolean parameters = end > payload && H264.parameters(b, payload, end - payload);
        boolean key = end > payload && H264.keyframeStart(b, payload, end - payload);
        boolean follows = known(extended - 1) && is(extended - 1, END);
        flags[slot(extended)] = (byte) (marker | (parameters || follows ? START : 0) | (key ? KEY : 0));
        count(extended, DecoderModel.UNKNOWN, true, nowNanos);
        long next = extended + 1;
        if (marker != 0 && known(next) && !is(next, START)) {
            // What came before it has come after it.
            flags[slot(next)] |= START;
            count(next, DecoderModel.UNKNOWN, true, nowNanos);
        }
    }

    /** A packet completes one frame at most, the one that it belongs to. */
    private void count(long extended, long picture, boolean ordered, long nowNanos) {
        long first = extended;
        while (!is(first, START)) {
            first--;
            if (!known(first) || is(first, END)) {
                return;
            }
        }
        long last = extended;
        while (!is(last, END)) {
            last++;
            if (!known(last) || is(last, START)) {
                return;
            }
        }
        boolean keyframe = is(first, KEY);
        frames++;
        if (keyframe) {
            keyframes++;
            firstKeyframeNanos = firstKeyframeNanos == 0 ? nowNanos : firstKeyframeNanos;
        }
        if (ordered) {
            chain(first, last, keyframe, nowNanos);
        } else {
            decoder.complete(picture, keyframe, nowNanos);
        }
    }

    /** Frames without a number follow one another as their packets do. */
    private void chain(long first, long last, boolean keyframe, long nowNanos) {
        flags[slot(first)] |= COUNTED;
        lastOf[slot(first)] = last;
        if (keyframe && first > decodedUntil || first == decodedUntil + 1) {
            if (decodedUntil != 0 && first > decodedUntil + 1) {
                decoder.skipped();
            }
            decodedUntil = last;
            decoder.complete(DecoderModel.UNKNOWN, keyframe, nowNanos);
            while (known(decodedUntil + 1) && is(decodedUntil + 1, COUNTED)) {
                decodedUntil = lastOf[slot(decodedUntil + 1)];
                decoder.complete(DecoderModel.UNKNOWN, false, nowNanos);
            }
        }
    }

    private boolean known(long extended) {
        return sequence[slot(extended)] == extended;
    }

    private boolean is(long extended, int flag) {
        return (flags[slot(extended)] & flag) != 0;
    }

    private static int slot(long extended) {
        return (int) (extended & WINDOW - 1);
    }

    /** Complete frames, keyframes among them. */
    long frames() {
        return frames;
    }

    /** Complete keyframes. */
    long keyframes() {
        return keyframes;
    }

    /** {@link System#nanoTime} when the first keyframe was complete, 0 before. */
    long firstKeyframeNanos() {
        return firstKeyframeNanos;
    }

    /** What a decoder would have made of them. */
    DecoderModel decoder() {
        return decoder;
    }
}
