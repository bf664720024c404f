package dev.grandstand.webrtc.rtp;

/**
 * Fields of an RTP packet in an array (RFC 3550 section 5.1), with its header extensions (RFC 8285). Static because a
 * packet is somebody's array, and an object per packet would be thrown away at once.
 */
public final class Rtp {

    /** Length of a header without CSRCs and extensions. */
    public static final int FIXED_HEADER = 12;

    private static final int ONE_BYTE_HEADERS = 0xBEDE;
    private static final int TWO_BYTE_HEADERS = 0x1000;

    private Rtp() {}

    public static boolean marker(byte[] b, int offset) {
        return (b[offset + 1] & 0x80) != 0;
    }

    public static int payloadType(byte[] b, int offset) {
        return b[offset + 1] & 0x7F;
    }

    public static int sequence(byte[] b, int offset) {
        return Bytes.u16(b, offset + 2);
    }

    public static int timestamp(byte[] b, int offset) {
        return Bytes.i32(b, offset + 4);
    }

    public static int ssrc(byte[] b, int offset) {
        return Bytes.i32(b, offset + 8);
    }

    /** Length of the header with CSRCs and extensions, or −1 if the packet is not RTP or too short for them. */
    public static int headerLength(byte[] b, int offset, int length) {
        if (length < FIXED_HEADER || (b[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int header = FIXED_HEADER + 4 * (b[offset] & 0x0F);
        if ((b[offset] & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + 4 * Bytes.u16(b, offset + header + 2);
        }
        return header <= length ? header : -1;
    }

    /** How many octets at the end are padding, or −1 if that is more than there are. */
    public static int padding(byte[] b, int offset, int length, int headerLength) {
        if ((b[offset] & 0x20) == 0) {
            return 0;
        }
        int padding = length > headerLength ? Bytes.u8(b, offset + length - 1) : 0;
        return padding == 0 || padding > length - headerLength ? -1 : padding;
    }

    /**
     * Where the data of a header extension begins, or −1 if it is not there.
     *
     * @param headerLength as {@link #headerLength} gave it
     * @param wanted octets that the extension must have
     */
    public static int extension(byte[] b, int offset, int headerLength, int id, int wanted) {
        if ((b[offset] & 0x10) == 0) {
            return -1;
        }
        int at = offset + FIXED_HEADER + 4 * (b[offset] & 0x0F);
        int profile = Bytes.u16(b, at);
        boolean oneByte = profile == ONE_BYTE_HEADERS;
        if (!oneByte && (profile & 0xFFF0) != TWO_BYTE_HEADERS) {
            return -1;
        }
        int end = offset + headerLength;
        at += 4;
        while (at < end) {
            if (b[at] == 0) {
                at++;
                continue;
            }
            int elementId = oneByte ? Bytes.u8(b, at) >> 4 : Bytes.u8(b, at);
            if ((oneByte && elementId == 15) || (!oneByte && at + 1 >= end)) {
                return -1;
            }
            int elementLength = oneByte ? (b[at] & 0x0F) + 1 : Bytes.u8(b, at + 1);
            int data = at + (oneByte ? 1 : 2);
            if (data + elementLength > end) {
                return -1;
            }
            if (elementId == id) {
                return elementLength == wanted ? data : -1;
            }
            at = data + elementLength;
        }
        return -1;
    }

    /** Writes a header without CSRCs and extensions. */
    public static void writeHeader(
            byte[] b,
            int offset,
            boolean padding,
            boolean marker,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc) {
        b[offset] = (byte) (padding ? 0xA0 : 0x80);
        b[offset + 1] = (byte) ((marker ? 0x80 : 0) | payloadType);
        Bytes.put16(b, offset + 2, sequence);
        Bytes.put32(b, offset + 4, timestamp);
        Bytes.put32(b, offset + 8, ssrc);
    }
}
