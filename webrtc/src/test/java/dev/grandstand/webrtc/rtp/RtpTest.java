package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Marker, payload type 96, one-byte extensions 2 (abs-send-time) and 4, some payload. */
    private static final byte[] PACKET = bytes("90 e0 1234 deadbeef 01020304 bede0002 22abcdef 40 37 0000 aabbcc");

    @Test
    void readsTheHeader() {
        assertThat(Rtp.marker(PACKET, 0)).isTrue();
        assertThat(Rtp.payloadType(PACKET, 0)).isEqualTo(96);
        assertThat(Rtp.sequence(PACKET, 0)).isEqualTo(0x1234);
        assertThat(Rtp.timestamp(PACKET, 0)).isEqualTo(0xdeadbeef);
        assertThat(Rtp.ssrc(PACKET, 0)).isEqualTo(0x01020304);
        assertThat(Rtp.headerLength(PACKET, 0, PACKET.length)).isEqualTo(24);
    }

    @Test
    void findsExtensionsOfTheRightLength() {
        int at = Rtp.extension(PACKET, 0, 24, 2, 3);
        assertThat(Bytes.u24(PACKET, at)).isEqualTo(0xabcdef);
        assertThat(Rtp.extension(PACKET, 0, 24, 4, 1)).isEqualTo(21);
        assertThat(Rtp.extension(PACKET, 0, 24, 2, 2)).isEqualTo(-1);
        assertThat(Rtp.extension(PACKET, 0, 24, 5, 1)).isEqualTo(-1);
    }

    @Test
    void findsTwoByteExtensions() {
        byte[] packet = bytes("90 60 0001 00000000 00000001 10000002 0103 0a0b0c 00 0200 ff");
        assertThat(Rtp.headerLength(packet, 0, packet.length)).isEqualTo(24);
        assertThat(Rtp.extension(packet, 0, 24, 1, 3)).isEqualTo(18);
        assertThat(Rtp.extension(packet, 0, 24, 2, 1)).isEqualTo(-1);
    }

    @Test
    void refusesHeadersThatPromiseMoreThanThereIs() {
        for (int length = 0; length < 24; length++) {
            assertThat(Rtp.headerLength(PACKET, 0, length)).isEqualTo(-1);
        }
        byte[] overlong = bytes("90 60 0001 00000000 00000001 bede0001 2fabcdef");
        assertThat(Rtp.extension(overlong, 0, 20, 2, 3)).isEqualTo(-1);
    }

    @Test
    void countsPadding() {
        byte[] padded = bytes("a0 60 0001 00000000 00000001 aabb 000003");
        assertThat(Rtp.padding(padded, 0, padded.length, 12)).isEqualTo(3);
        padded[padded.length - 1] = 9;
        assertThat(Rtp.padding(padded, 0, padded.length, 12)).isEqualTo(-1);
        assertThat(Rtp.padding(PACKET, 0, PACKET.length, 24)).isZero();
    }
}
