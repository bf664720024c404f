package dev.grandstand.relay.media;

import java.time.Duration;
import java.util.Arrays;

/**
 * The last packets of a video source: for viewers who miss some, and for those who come shortly after a keyframe. Bounded
 * by count; arrays are reused, so that a source costs at most 1.5 MB and no garbage.
 */
final class PacketCache {

    static final int CAPACITY = 1_024;

    private static final int MASK = CAPACITY - 1;
    private static final int SLOT = 1_536;
    private static final long KEYFRAME_LIFETIME = Duration.ofMillis(1_500).toNanos();

    private final byte[][] payloads = new byte[CAPACITY][];
    private final int[] lengths = new int[CAPACITY];
    private final long[] sequences = new long[CAPACITY];
    private final int[] timestamps = new int[CAPACITY];
    private final int[] flags = new int[CAPACITY];
    private long highest = -1;
    private int highestTimestamp;
    private long keyframe = -1;
    private long keyframeAt;

    /** Keeps a copy. Packets that are too old or too long are not kept. */
    void put(SourcePacket packet, long now) {
        long sequence = packet.sequence;
        if (packet.payloadLength > SLOT || (highest >= 0 && sequence <= highest - CAPACITY)) {
            return;
        }
        int slot = (int) (sequence & MASK);
        byte[] payload = payloads[slot];
        if (payload == null) {
            payload = new byte[SLOT];
            payloads[slot] = payload;
        }
        System.arraycopy(packet.buffer, packet.payloadOffset, payload, 0, packet.payloadLength);
        lengths[slot] = packet.payloadLength;
        sequences[slot] = sequence;
        timestamps[slot] = packet.timestamp;
        flags[slot] = packet.payloadType
                | (packet.marker ? 0x80 : 0)
                | (packet.padding ? 0x100 : 0)
                | (packet.keyframeStart ? 0x200 : 0)
                | (packet.hasVp8 ? 0x400 : 0);
        if (sequence > highest) {
            highest = sequence;
            highestTimestamp = packet.timestamp;
        }
        // An H264 keyframe has several packets a decoder could begin with; the frame's first one is meant.
        if (packet.keyframeStart
                && (keyframe < 0 || packet.timestamp != timestampOf(keyframe) || sequence < keyframe)) {
            keyframe = sequence;
            keyframeAt = now;
        }
    }

    private int timestampOf(long sequence) {
        int slot = (int) (sequence & MASK);
        return sequences[slot] == sequence ? timestamps[slot] : ~0;
    }

    /** Reads a packet, which refers to the cache's array, or returns false if it is not there. */
    boolean get(long sequence, SourcePacket into) {
        int slot = (int) (sequence & MASK);
        byte[] payload = payloads[slot];
        if (payload == null || sequences[slot] != sequence) {
            return false;
        }
        into.buffer = payload;
        into.payloadOffset = 0;
        into.payloadLength = lengths[slot];
        into.sequence = sequence;
        into.timestamp = timestamps[slot];
        into.payloadType = flags[slot] & 0x7F;
        into.marker = (flags[slot] & 0x80) != 0;
        into.padding = (flags[slot] & 0x100) != 0;
        into.keyframeStart = (flags[slot] & 0x200) != 0;
        // As it was found on arrival: a packet that is sent again must come out the same.
        into.hasVp8 = (flags[slot] & 0x400) != 0 && into.vp8.read(payload, 0, lengths[slot]);
        return true;
    }

    boolean has(long sequence) {
        int slot = (int) (sequence & MASK);
        return payloads[slot] != null && sequences[slot] == sequence;
    }

    /** Highest sequence number, −1 if empty. */
    long highest() {
        return highest;
    }

    /** Timestamp of the packet with the highest sequence number. */
    int highestTimestamp() {
        return highestTimestamp;
    }

    /** Where the last keyframe begins if it is recent and nothing since is missing; −1 otherwise. */
    long replayFrom(long now) {
        if (keyframe < 0 || now - keyframeAt > KEYFRAME_LIFETIME || highest - keyframe >= CAPACITY) {
            return -1;
        }
        for (long sequence = keyframe; sequence <= highest; sequence++) {
            if (!has(sequence)) {
                return -1;
            }
        }
        return keyframe;
    }

    /** When the last keyframe began to arrive; meaningless if there was none. */
    boolean keyframeSince(long time) {
        return keyframe >= 0 && keyframeAt - time >= 0;
    }

    /** Forgets everything, for a source that begins anew. */
    void clear() {
        Arrays.fill(sequences, 0);
        highest = -1;
        keyframe = -1;
    }
}
