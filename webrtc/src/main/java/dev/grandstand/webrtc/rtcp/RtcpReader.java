package dev.grandstand.webrtc.rtcp;

import dev.grandstand.webrtc.rtp.Bytes;

/** Reads compound packets (RFC 3550 section 6.1), reduced-size ones too (RFC 5506). Unknown parts are skipped. */
public final class RtcpReader {

    private static final int SR = 200;
    private static final int RR = 201;
    private static final int BYE = 203;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int REMB = 0x52454D42;

    private RtcpReader() {}

    /**
     * Walks through a compound packet.
     *
     * @return false if it is malformed; the parts before the malformed one were visited
     */
    public static boolean read(byte[] b, int offset, int length, RtcpVisitor visitor) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (at + 4 > end || (b[at] & 0xC0) != 0x80) {
                return false;
            }
            int size = 4 + 4 * Bytes.u16(b, at + 2);
            if (at + size > end || !part(b, at, size, visitor)) {
                return false;
            }
            at += size;
        }
        return length > 0;
    }

    private static boolean part(byte[] b, int at, int size, RtcpVisitor visitor) {
        int count = b[at] & 0x1F;
        return switch (b[at + 1] & 0xFF) {
            case SR -> {
                if (size < 28 + 24 * count) {
                    yield false;
                }
                visitor.senderReport(Bytes.i32(b, at + 4), Bytes.i64(b, at + 8), Bytes.i32(b, at + 16));
                reportBlocks(b, at + 28, count, visitor);
                yield true;
            }
            case RR -> {
                if (size < 8 + 24 * count) {
                    yield false;
                }
                reportBlocks(b, at + 8, count, visitor);
                yield true;
            }
            case BYE -> {
                if (size < 4 + 4 * count) {
                    yield false;
                }
                for (int i = 0; i < count; i++) {
                    visitor.bye(Bytes.i32(b, at + 4 + 4 * i));
                }
                yield true;
            }
            case TRANSPORT_FEEDBACK -> size >= 12 && (count != 1 || nacks(b, at, size, visitor));
            case PAYLOAD_FEEDBACK -> size >= 12 && payloadFeedback(b, at, size, count, visitor);
            default -> true;
        };
    }

    private static void reportBlocks(byte[] b, int from, int count, RtcpVisitor visitor) {
        for (int i = 0; i < count; i++) {
            int at = from + 24 * i;
            visitor.reportBlock(
                    Bytes.i32(b, at),
                    Bytes.u8(b, at + 4),
                    Bytes.u24(b, at + 5) << 8 >> 8,
                    Bytes.u32(b, at + 12),
                    Bytes.i32(b, at + 16),
                    Bytes.u32(b, at + 20));
        }
    }

    private static boolean nacks(byte[] b, int at, int size, RtcpVisitor visitor) {
        int mediaSsrc = Bytes.i32(b, at + 8);
        for (int entry = at + 12; entry + 4 <= at + size; entry += 4) {
            int packet = Bytes.u16(b, entry);
            visitor.nack(mediaSsrc, packet);
            int following = Bytes.u16(b, entry + 2);
            for (int bit = 0; bit < 16; bit++) {
                if ((following & 1 << bit) != 0) {
                    visitor.nack(mediaSsrc, (packet + bit + 1) & 0xFFFF);
                }
            }
        }
        visitor.nackEnd(mediaSsrc);
        return true;
    }

    private static boolean payloadFeedback(byte[] b, int at, int size, int format, RtcpVisitor visitor) {
        switch (format) {
            case 1 -> visitor.pictureLoss(Bytes.i32(b, at + 8));
            case 4 -> {
                for (int entry = at + 12; entry + 8 <= at + size; entry += 8) {
                    visitor.fullIntraRequest(Bytes.i32(b, entry), Bytes.u8(b, entry + 4));
                }
            }
            case 15 -> {
                if (size >= 20 && Bytes.i32(b, at + 12) == REMB) {
                    int exponent = Bytes.u8(b, at + 17) >> 2;
                    long mantissa = (long) (b[at + 17] & 3) << 16 | Bytes.u16(b, at + 18);
                    visitor.receiverEstimate(exponent > 45 ? Long.MAX_VALUE : mantissa << exponent);
                }
            }
            default -> {
                // Feedback that we did not negotiate.
            }
        }
        return true;
    }
}
