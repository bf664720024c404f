package dev.grandstand.relay.media;

import java.util.Random;

/** Makes packets that look like VP8 to a relay: 15-bit picture ids, keyframes on demand, random content. */
final class Vp8Source {

    private final Random random;
    private int pictureId;
    int timestamp;

    Vp8Source(long seed, int firstPictureId) {
        random = new Random(seed);
        pictureId = firstPictureId;
        timestamp = random.nextInt();
    }

    /** The next frame's packets; the last one wants the marker. */
    byte[][] frame(boolean keyframe, int packets) {
        timestamp += 4_500;
        pictureId = (pictureId + 1) & 0x7FFF;
        var payloads = new byte[packets][];
        for (int i = 0; i < packets; i++) {
            byte[] payload = new byte[500 + random.nextInt(600)];
            random.nextBytes(payload);
            payload[0] = (byte) (i == 0 ? 0x90 : 0x80);
            payload[1] = (byte) 0x80;
            payload[2] = (byte) (0x80 | pictureId >> 8);
            payload[3] = (byte) pictureId;
            payload[4] = (byte) (i == 0 ? (keyframe ? 0x10 : 0x11) : payload[4]);
            payloads[i] = payload;
        }
        return payloads;
    }

    void send(Client publisher, boolean keyframe, int packets) {
        byte[][] payloads = frame(keyframe, packets);
        for (int i = 0; i < packets; i++) {
            publisher.sendVideo(payloads[i], timestamp, i == packets - 1);
        }
    }
}
