package dev.grandstand.webrtc.rtp;

/** What can be told of H264 payloads (RFC 6184) without decoding them. */
public final class H264 {

    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264() {}

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
