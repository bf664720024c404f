package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.webrtc.rtp.Vp8Descriptor;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class Vp8StreamTest {

    private final Vp8Stream stream = new Vp8Stream(new PictureShape(450_000, 20), 1);
    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    @Test
    void keyframesComeWhenAskedFor() {
        for (boolean wanted : new boolean[] {true, false, false, true}) {
            var first = stream.frame(wanted).getFirst();
            assertThat(descriptor.read(first, 0, first.length)).isTrue();
            assertThat(descriptor.startOfFrame()).isTrue();
            assertThat(descriptor.keyframe()).isEqualTo(wanted);
        }
    }

    @Test
    void onlyTheFirstPacketBeginsTheFrame() {
        var packets = stream.frame(true);
        assertThat(packets).hasSizeGreaterThan(5);
        for (var packet : packets.subList(1, packets.size())) {
            assertThat(descriptor.read(packet, 0, packet.length)).isTrue();
            assertThat(descriptor.startOfFrame()).isFalse();
        }
    }

    @Test
    void pictureIdsCountFramesModulo15Bits() {
        var first = stream.frame(false).getFirst();
        descriptor.read(first, 0, first.length);
        int before = descriptor.pictureId(first);
        for (int i = 1; i <= 40_000; i++) {
            var packet = stream.frame(false).getFirst();
            descriptor.read(packet, 0, packet.length);
            assertThat(descriptor.pictureId(packet)).isEqualTo(before + i & 0x7FFF);
        }
    }

    @Test
    void theAverageHoldsDespiteKeyframes() {
        long octets = 0;
        for (int i = 0; i < 400; i++) {
            octets += stream.frame(i % 100 == 0).stream()
                    .mapToLong(packet -> packet.length - 4)
                    .sum();
        }
        assertThat(octets * 8 / 20).isCloseTo(450_000, Percentage.withPercentage(2));
    }

    @Test
    void noPayloadIsTooLargeForAPacket() {
        var large = new Vp8Stream(new PictureShape(8_000_000, 30), 1);
        assertThat(large.frame(true)).allSatisfy(packet -> assertThat(packet).hasSizeLessThanOrEqualTo(Payloads.LIMIT));
    }

    @Test
    void timestampsFollowTheFrameRate() {
        stream.frame(false);
        int before = stream.timestamp();
        stream.frame(false);
        assertThat(stream.timestamp() - before).isEqualTo(4_500);
    }
}
