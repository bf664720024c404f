package dev.grandstand.webrtc.rtp;

/** A VP8 payload descriptor (RFC 7741 section 4.2), read in place and rewritable. One instance reads many packets. */
public final class Vp8Descriptor {

    private int length;
    private boolean startOfFrame;
    private boolean keyframe;
    private int pictureIdAt;
    private int pictureIdBits;
    private int tl0PicIdxAt;

    /**
     * Reads the descriptor of a payload.
     *
     * @return whether it is well-formed
     */
    public boolean read(byte[] b, int offset, int payloadLength) {
        pictureIdAt = -1;
        pictureIdBits = 0;
        tl0PicIdxAt = -1;
        keyframe = false;
        startOfFrame = false;
        int at = offset;
        int end = offset + payloadLength;
        if (at >= end) {
            return false;
        }
        int first = b[at++];
        if ((first & 0x80) != 0) {
            if (at >= end) {
                return false;
            }
            int flags = b[at++];
            if ((flags & 0x80) != 0) {
                if (at >= end) {
                    return false;
                }
                pictureIdAt = at;
                pictureIdBits = (b[at] & 0x80) != 0 ? 15 : 7;
                at += pictureIdBits == 15 ? 2 : 1;
            }
            if ((flags & 0x40) != 0) {
                tl0PicIdxAt = at++;
            }
            if ((flags & 0x30) != 0) {
                at++;
            }
        }
        if (at >= end) {
            return false;
        }
        length = at - offset;
        startOfFrame = (first & 0x10) != 0 && (first & 0x07) == 0;
        keyframe = startOfFrame && (b[at] & 0x01) == 0;
        return true;
    }

    /** Octets of the descriptor; the VP8 data follows. */
    public int length() {
        return length;
    }

    /** Whether the packet begins a frame. */
    public boolean startOfFrame() {
        return startOfFrame;
    }

    /** Whether the packet begins a keyframe. */
    public boolean keyframe() {
        return keyframe;
    }

    /** 15, 7, or 0 if there is no picture id. */
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /** The picture id, −1 if there is none. */
    public int pictureId(byte[] b) {
        return switch (pictureIdBits) {
            case 15 -> Bytes.u16(b, pictureIdAt) & 0x7FFF;
            case 7 -> b[pictureIdAt] & 0x7F;
            default -> -1;
        };
    }

    /** The temporal level zero index, −1 if there is none. */
    public int tl0PicIdx(byte[] b) {
        return tl0PicIdxAt < 0 ? -1 : Bytes.u8(b, tl0PicIdxAt);
    }

    /**
     * Overwrites picture id and index in the packet that was read or in a copy of its payload.
     *
     * @param shift where the copy's payload begins less where the original's did
     */
    public void write(byte[] b, int shift, int pictureId, int tl0PicIdx) {
        if (pictureIdBits == 15) {
            Bytes.put16(b, pictureIdAt + shift, 0x8000 | (pictureId & 0x7FFF));
        } else if (pictureIdBits == 7) {
            b[pictureIdAt + shift] = (byte) (pictureId & 0x7F);
        }
        if (tl0PicIdxAt >= 0) {
            b[tl0PicIdxAt + shift] = (byte) tl0PicIdx;
        }
    }
}
