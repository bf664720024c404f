package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.VideoCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderModelTest {

    private static final long MS = 1_000_000;

    private long micros = FrameMark.now();
    private final FrameCounter counter = new FrameCounter(() -> micros);
    private final Packets packets = new Packets(65_000);
    private long now = MS;

    private void receive(List<byte[]> frame) {
        frame.forEach(packet -> counter.received(VideoCodec.VP8, packet, 0, packet.length, now));
    }

    private void play(int frames) {
        for (int i = 0; i < frames; i++) {
            receive(packets.frame(false));
            now += 50 * MS;
        }
    }

    private DecoderModel decoder() {
        return counter.decoder();
    }

    @Test
    void everythingThatIsCompleteFromAKeyframeOnCanBeDecoded() {
        receive(packets.frame(true));
        play(100);

        assertThat(decoder().decoded()).isEqualTo(101);
        assertThat(decoder().incomplete()).isZero();
        assertThat(decoder().freezes(now)).isZero();
    }

    @Test
    void afterALostPacketNothingCanBeDecodedBeforeAKeyframe() {
        receive(packets.frame(true));
        play(9);
        packets.frame(false);
        play(10);
        assertThat(decoder().decoded()).isEqualTo(10);

        receive(packets.frame(true));
        play(80);

        assertThat(counter.frames()).isEqualTo(101);
        assertThat(decoder().decoded()).isEqualTo(91);
        assertThat(decoder().incomplete()).isEqualTo(1);
        assertThat(decoder().freezes(now)).isEqualTo(1);
        assertThat(decoder().longestGap(now)).isEqualTo(Duration.ofMillis(550));
    }

    @Test
    void aLateRetransmissionLetsWhatWaitedForItBeDecodedAtOnce() {
        receive(packets.frame(true));
        play(1);
        var late = packets.frame(false);
        play(2);
        assertThat(decoder().decoded()).isEqualTo(2);

        receive(late);

        assertThat(decoder().decoded()).isEqualTo(5);
        assertThat(decoder().freezes(now)).isZero();
    }

    @Test
    void theFirstFrameMayBeOvertakenByTheSecond() {
        var first = packets.frame(true);
        receive(packets.frame(false));
        receive(first);
        play(10);

        assertThat(decoder().decoded()).isEqualTo(12);
    }

    @Test
    void aFreezeThatLastsCounts() {
        receive(packets.frame(true));
        play(20);
        now += 1_000 * MS;

        assertThat(decoder().freezes(now)).isEqualTo(1);
        assertThat(decoder().frozenFor(now)).isEqualTo(Duration.ofMillis(1_050));
        assertThat(decoder().longestGap(now)).isEqualTo(Duration.ofMillis(1_050));
    }

    @Test
    void theGapBetweenTwoConnectionsCounts() {
        decoder().resume(now);
        now += 700 * MS;
        receive(packets.frame(true));

        assertThat(decoder().freezes(now)).isEqualTo(1);
        assertThat(decoder().longestGap(now)).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void delaysAreThoseOfWholeFrames() {
        for (int i = 0; i < 100; i++) {
            var frame = new ArrayList<>(packets.frame(i == 0));
            micros = FrameMark.now() + (i == 99 ? 400_000 : 20_000);
            receive(frame);
        }

        assertThat(decoder().delays().percentile(50)).isBetween(Duration.ofMillis(17), Duration.ofMillis(60));
        assertThat(decoder().delays().percentile(100)).isBetween(Duration.ofMillis(350), Duration.ofMillis(700));
    }
}
