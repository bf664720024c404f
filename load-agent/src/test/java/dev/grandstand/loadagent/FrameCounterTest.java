package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.webrtc.rtp.Rtp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCounterTest {

    private final FrameCounter counter = new FrameCounter();
    private long now = 1;

    private void receive(List<byte[]> packets) {
        packets.forEach(packet -> counter.received(VideoCodec.VP8, packet, 0, packet.length, now++));
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

    private final H264Payloads h264 = new H264Payloads();
    private int sequence = 1;

    /** A keyframe of four packets, or another picture of two. */
    private List<byte[]> h264Frame(boolean keyframe) {
        var unit = new byte[keyframe ? 3_000 : 2_000];
        Arrays.fill(unit, (byte) 7);
        System.arraycopy(new byte[] {0, 0, 1, (byte) (keyframe ? 0x65 : 0x41), (byte) 0x88}, 0, unit, 0, 5);
        var parameters = new byte[] {0, 0, 1, 0x67, 0x42, (byte) 0xC0, 0x1F, 0, 0, 1, 0x68, 1};
        var frame = keyframe ? new byte[parameters.length + unit.length] : unit;
        if (keyframe) {
            System.arraycopy(parameters, 0, frame, 0, parameters.length);
            System.arraycopy(unit, 0, frame, parameters.length, unit.length);
        }
        var payloads = h264.of(frame);
        var packets = new ArrayList<byte[]>();
        for (int i = 0; i < payloads.size(); i++) {
            var packet = new byte[Rtp.FIXED_HEADER + payloads.get(i).length];
            Rtp.writeHeader(packet, 0, false, i == payloads.size() - 1, 102, sequence++, 0, 1234);
            System.arraycopy(payloads.get(i), 0, packet, Rtp.FIXED_HEADER, payloads.get(i).length);
            packets.add(packet);
        }
        return packets;
    }

    private void receiveH264(List<byte[]> packets) {
        packets.forEach(packet -> counter.received(VideoCodec.H264, packet, 0, packet.length, now++));
    }

    @Test
    void countsFramesOfH264AlthoughTheyDoNotSayWhereTheyBegin() {
        receiveH264(h264Frame(true));
        receiveH264(h264Frame(false));
        receiveH264(h264Frame(false));

        assertThat(counter.frames()).isEqualTo(3);
        assertThat(counter.keyframes()).isOne();
        assertThat(counter.decoder().decoded()).isEqualTo(3);
    }

    @Test
    void aRetransmissionCompletesItsFrameOfH264AndTellsWhereTheNextBegan() {
        receiveH264(h264Frame(true));
        var holed = h264Frame(false);
        var late = holed.removeLast();
        receiveH264(holed);
        receiveH264(h264Frame(false));
        assertThat(counter.decoder().decoded()).isOne();

        receiveH264(List.of(late));

        assertThat(counter.frames()).isEqualTo(3);
        assertThat(counter.decoder().decoded()).isEqualTo(3);
    }

    @Test
    void afterALossNothingOfH264IsDecodedUntilAKeyframe() {
        receiveH264(h264Frame(true));
        receiveH264(h264Frame(false).subList(1, 2));
        receiveH264(h264Frame(false));
        assertThat(counter.decoder().decoded()).isOne();

        receiveH264(h264Frame(true));
        receiveH264(h264Frame(false));

        assertThat(counter.decoder().decoded()).isEqualTo(3);
        assertThat(counter.decoder().incomplete()).isOne();
    }
}
