package dev.grandstand.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;

/** What can be told of H264 payloads (RFC 6184) without decoding them. */
public final class H264 {

    /** Type of a NAL unit with a slice of a picture that needs no other. */
    public static final int IDR = 5;

    /** Type of a sequence parameter set. */
    public static final int SPS = 7;

    /** Type of a picture parameter set. */
    public static final int PPS = 8;

    /** Type of a payload that holds several NAL units (RFC 6184 section 5.7.1). */
    public static final int STAP_A = 24;

    /** Type of a payload that holds a part of a NAL unit (RFC 6184 section 5.8). */
    public static final int FU_A = 28;

    /**
     * A NAL unit in a byte stream (ITU-T H.264 annex B).
     *
     * @param offset of its header
     * @param length without the zeros that may follow it
     * @param type 1–23
     */
    public record Unit(int offset, int length, int type) {}

    private H264() {}

    /** Whether units of a type hold a picture, or a part of one. */
    public static boolean isSlice(int type) {
        return type >= 1 && type <= IDR;
    }

    /** The NAL units of a byte stream, in order; empty ones are left out. */
    public static List<Unit> units(byte[] b, int from, int to) {
        var units = new ArrayList<Unit>();
        int begin = -1;
        for (int i = from; i + 3 <= to; i++) {
            if (b[i] == 0 && b[i + 1] == 0 && b[i + 2] == 1) {
                add(units, b, begin, i);
                begin = i + 3;
                i += 2;
            }
        }
        add(units, b, begin, to);
        return units;
    }

    private static void add(List<Unit> units, byte[] b, int begin, int end) {
        int last = end;
        while (begin >= 0 && last > begin && b[last - 1] == 0) {
            last--;
        }
        if (begin >= 0 && last > begin) {
            units.add(new Unit(begin, last - begin, b[begin] & 0x1F));
        }
    }

    /** Whether a packet holds a sequence parameter set, or the beginning of one, with which a keyframe begins. */
    public static boolean parameters(byte[] b, int offset, int length) {
        return length > 3
                && switch (b[offset] & 0x1F) {
                    case SPS -> true;
                    case STAP_A -> (b[offset + 3] & 0x1F) == SPS;
                    default -> false;
                };
    }

    /** Whether a decoder can begin with this packet: it holds a sequence parameter set, or begins an IDR slice. */
    public static boolean keyframeStart(byte[] b, int offset, int length) {
        if (length < 1) {
            return false;
        }
        return switch (b[offset] & 0x1F) {
            case SPS, IDR -> true;
            case STAP_A -> aggregateHasKeyframe(b, offset + 1, offset + length);
            case FU_A -> {
                boolean start = length > 1 && (b[offset + 1] & 0x80) != 0;
                int type = length > 1 ? b[offset + 1] & 0x1F : 0;
                yield start && (type == IDR || type == SPS);
            }
            default -> false;
        };
    }

    private static boolean aggregateHasKeyframe(byte[] b, int from, int end) {
        int at = from;
        while (at + 3 <= end) {
            int size = Bytes.u16(b, at);
            int type = b[at + 2] & 0x1F;
            if (size == 0 || at + 2 + size > end) {
                return false;
            }
            if (type == SPS || type == IDR) {
                return true;
            }
            at += 2 + size;
        }
        return false;
    }
}
