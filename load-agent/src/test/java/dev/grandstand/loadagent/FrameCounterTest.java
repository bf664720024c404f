package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCounterTest {

    private final FrameCounter counter = new FrameCounter();
    private long now = 1;

    private void receive(List<byte[]> packets) {
        packets.forEach(packet -> counter.received(packet, 0, packet.length, now++));
    }

    @Test
    void countsFramesOfWhichEveryPacketCame() {
        var packets = new Packets(1);
        receive(packets.frame(true));
        for (int i = 0; i < 99; i++) {
            receive(packets.frame(false));
        }

        assertThat(counter.frames()).isEqualTo(100);
        assertThat(counter.keyframes()).isEqualTo(1);
    }

    @Test
    void aFrameWithAHoleIsNotComplete() {
        var packets = new Packets(1);
        var frame = packets.frame(true);
        assertThat(frame).hasSizeGreaterThan(2);
        frame.remove(1);
        receive(frame);
        receive(packets.frame(false));

        assertThat(counter.frames()).isEqualTo(1);
        assertThat(counter.keyframes()).isZero();
    }

    @Test
    void aFrameWithoutItsBeginningOrItsEndIsNotComplete() {
        var packets = new Packets(1);
        var first = packets.frame(false);
        receive(first.subList(1, first.size()));
        var second = packets.frame(false);
        receive(second.subList(0, second.size() - 1));
        receive(packets.frame(false));

        assertThat(counter.frames()).isEqualTo(1);
    }

    @Test
    void aRetransmissionCompletesItsFrame() {
        var packets = new Packets(1);
        var frame = packets.frame(true);
        var late = frame.remove(2);
        receive(frame);
        receive(packets.frame(false));
        now = 500;
        receive(List.of(late));

        assertThat(counter.frames()).isEqualTo(2);
        assertThat(counter.firstKeyframeNanos()).isEqualTo(500);
    }

    @Test
    void duplicatesCountOnce() {
        var packets = new Packets(1);
        var frame = packets.frame(true);
        receive(frame);
        receive(frame);

        assertThat(counter.frames()).isEqualTo(1);
    }

    @Test
    void orderDoesNotMatterNorWhereSequenceNumbersWrap() {
        var packets = new Packets(65_500);
        receive(packets.frame(true));
        var shuffled = new ArrayList<byte[]>();
        for (int i = 0; i < 50; i++) {
            shuffled.addAll(packets.frame(false));
        }
        Collections.shuffle(shuffled, new Random(3));
        receive(shuffled);

        assertThat(counter.frames()).isEqualTo(51);
    }
}
