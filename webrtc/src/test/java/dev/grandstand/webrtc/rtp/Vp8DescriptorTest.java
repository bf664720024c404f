package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Vp8DescriptorTest {

    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void readsAKeyframeWithALongPictureId() {
        byte[] payload = bytes("90 80 9234 10aabb");

        assertThat(descriptor.read(payload, 0, payload.length)).isTrue();
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.keyframe()).isTrue();
        assertThat(descriptor.pictureIdBits()).isEqualTo(15);
        assertThat(descriptor.pictureId(payload)).isEqualTo(0x1234);
        assertThat(descriptor.tl0PicIdx(payload)).isEqualTo(-1);
        assertThat(descriptor.length()).isEqualTo(4);
    }

    @Test
    void readsAndRewritesTemporalLayers() {
        byte[] payload = bytes("80 f0 8001 ff 20 11aabb");

        assertThat(descriptor.read(payload, 0, payload.length)).isTrue();
        assertThat(descriptor.keyframe()).isFalse();
        assertThat(descriptor.tl0PicIdx(payload)).isEqualTo(255);
        descriptor.write(payload, 0, 0x8002, 256);

        assertThat(payload).isEqualTo(bytes("80 f0 8002 00 20 11aabb"));
    }

    @Test
    void keepsAShortPictureIdShort() {
        byte[] payload = bytes("90 80 7f 11aa");

        assertThat(descriptor.read(payload, 0, payload.length)).isTrue();
        assertThat(descriptor.pictureIdBits()).isEqualTo(7);
        descriptor.write(payload, 0, 0x80, -1);

        assertThat(payload).isEqualTo(bytes("90 80 00 11aa"));
    }

    @Test
    void aSecondPartitionBeginsNoFrame() {
        byte[] payload = bytes("11 10aa");
        assertThat(descriptor.read(payload, 0, payload.length)).isTrue();
        assertThat(descriptor.startOfFrame()).isFalse();
    }

    @Test
    void refusesDescriptorsThatAreCutShort() {
        byte[] payload = bytes("80 f0 8001 ff 20");
        for (int length = 0; length <= payload.length; length++) {
            assertThat(descriptor.read(payload, 0, length))
                    .as("%d octets", length)
                    .isFalse();
        }
    }
}
