package dev.grandstand.webrtc.rtp;

/** Makes ever-growing numbers of 16-bit sequence numbers, taking each to be near the highest one seen. */
public final class SequenceUnwrapper {

    private long highest = -1;

    /** The extended number; the first is at least 2<sup>16</sup>, so that earlier ones stay positive. */
    public long unwrap(int sequence) {
        if (highest < 0) {
            highest = 0x1_0000L + sequence;
            return highest;
        }
        long extended = highest + (short) (sequence - (int) highest);
        if (extended > highest) {
            highest = extended;
        }
        return extended;
    }

    /** What a number would be, without taking note of it. */
    public long peek(int sequence) {
        return highest < 0 ? 0x1_0000L + sequence : highest + (short) (sequence - (int) highest);
    }

    /** The highest number so far, −1 if there was none. */
    public long highest() {
        return highest;
    }
}
