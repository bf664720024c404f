package dev.grandstand.loadagent;

import java.util.ArrayList;
import java.util.List;

/** Splits VP8 frames into RTP payloads with 15-bit picture ids, one more for each frame (RFC 7741 section 4.2). One thread. */
final class Vp8Payloads implements Payloads {

    private static final int DESCRIPTOR = 4;

    private int pictureId;

    Vp8Payloads(int firstPictureId) {
        pictureId = firstPictureId;
    }

    /** Of about the same length each. */
    @Override
    public List<byte[]> of(byte[] frame) {
        pictureId = (pictureId + 1) & 0x7FFF;
        int count = Math.ceilDiv(frame.length, LIMIT - DESCRIPTOR);
        var made = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) frame.length * i / count);
            int to = (int) ((long) frame.length * (i + 1) / count);
            var payload = new byte[DESCRIPTOR + to - from];
            System.arraycopy(frame, from, payload, DESCRIPTOR, to - from);
            payload[0] = (byte) (i == 0 ? 0x90 : 0x80);
            payload[1] = (byte) 0x80;
            payload[2] = (byte) (0x80 | pictureId >> 8);
            payload[3] = (byte) pictureId;
            made.add(payload);
        }
        return made;
    }
}
