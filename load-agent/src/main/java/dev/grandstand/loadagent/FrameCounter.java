package dev.grandstand.loadagent;

import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.rtp.SequenceUnwrapper;
import dev.grandstand.webrtc.rtp.Vp8Descriptor;
import java.util.function.LongSupplier;

/**
 * Puts packets of VP8 together to frames: every packet from the one that begins the frame to the one with the marker, in
 * whatever order (a retransmission comes late). What a decoder would be given goes on to {@link DecoderModel}, without a
 * decoder. One thread.
 */
final class FrameCounter {

    /** Packets remembered, a power of two: more than the losses that are still asked for. */
    private static final int WINDOW = 1_024;

    private static final int START = 1;
    private static final int END = 2;
    private static final int KEY = 4;

    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final long[] sequence = new long[WINDOW];
    private final byte[] flags = new byte[WINDOW];
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

    /** Takes an RTP packet with a VP8 payload (RFC 7741). */
    void received(byte[] b, int offset, int length, long nowNanos) {
        int header = Rtp.headerLength(b, offset, length);
        int padding = header < 0 ? -1 : Rtp.padding(b, offset, length, header);
        long extended = sequences.unwrap(Rtp.sequence(b, offset));
        int slot = slot(extended);
        if (padding < 0 || extended <= sequence[slot]) {
            return;
        }
        int payload = offset + header;
        int end = offset + length - padding;
        boolean readable = vp8.read(b, payload, end - payload);
        long picture = readable ? decoder.seen(vp8.pictureId(b), vp8.pictureIdBits()) : DecoderModel.UNKNOWN;
        if (readable && vp8.startOfFrame()) {
            decoder.marked(picture, FrameMark.read(b, payload + vp8.length() + Vp8Stream.MARK_OFFSET, end));
        }
        sequence[slot] = extended;
        flags[slot] = (byte) ((Rtp.marker(b, offset) ? END : 0)
                | (readable && vp8.startOfFrame() ? START : 0)
                | (readable && vp8.keyframe() ? KEY : 0));
        count(extended, picture, nowNanos);
    }

    /** A packet completes one frame at most, the one that it belongs to. */
    private void count(long extended, long picture, long nowNanos) {
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
        frames++;
        if (is(first, KEY)) {
            keyframes++;
            firstKeyframeNanos = firstKeyframeNanos == 0 ? nowNanos : firstKeyframeNanos;
        }
        decoder.complete(picture, is(first, KEY), nowNanos);
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
