package dev.grandstand.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.webrtc.rtp.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpTest {

    private static final class Log implements RtcpVisitor {
        final List<String> lines = new ArrayList<>();

        @Override
        public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
            lines.add("SR %x %x %x".formatted(ssrc, ntp, rtpTimestamp));
        }

        @Override
        public void reportBlock(int about, int fractionLost, int packetsLost, long jitter, int last, long delay) {
            lines.add("block %x %d %d %d %x %d".formatted(about, fractionLost, packetsLost, jitter, last, delay));
        }

        @Override
        public void nack(int mediaSsrc, int sequence) {
            lines.add("nack %x %d".formatted(mediaSsrc, sequence));
        }

        @Override
        public void pictureLoss(int mediaSsrc) {
            lines.add("PLI %x".formatted(mediaSsrc));
        }

        @Override
        public void fullIntraRequest(int mediaSsrc, int number) {
            lines.add("FIR %x %d".formatted(mediaSsrc, number));
        }

        @Override
        public void receiverEstimate(long bitsPerSecond) {
            lines.add("REMB " + bitsPerSecond);
        }

        @Override
        public void bye(int ssrc) {
            lines.add("BYE %x".formatted(ssrc));
        }
    }

    private final Log log = new Log();
    private final RtcpWriter writer = new RtcpWriter();

    private boolean read() {
        return RtcpReader.read(writer.array(), 0, writer.length(), log);
    }

    @Test
    void readsWhatItWrites() {
        writer.clear()
                .senderReport(0xa, 0x1122334455667788L, 0x9abcdef0, 7, 700)
                .receiverReport(0xb)
                .reportBlock(0xc, 25, -3, 70_000, 44, 0x55667788, 65_536)
                .sourceDescription(0xb, "somebody")
                .nack(0xb, 0xc, new int[] {65_530, 65_535, 3, 400}, 4)
                .pictureLoss(0xb, 0xc)
                .fullIntraRequest(0xb, 0xc, 200)
                .receiverEstimate(0xb, 2_500_000, 0xc, 0xd)
                .bye(0xb);

        assertThat(read()).isTrue();
        assertThat(log.lines)
                .containsExactly(
                        "SR a 1122334455667788 9abcdef0",
                        "block c 25 -3 44 55667788 65536",
                        "nack c 65530",
                        "nack c 65535",
                        "nack c 3",
                        "nack c 400",
                        "PLI c",
                        "FIR c 200",
                        "REMB 2500000",
                        "BYE b");
        assertThat(writer.length() % 4).isZero();
    }

    @Test
    void readsAReportOfChromium() {
        // Receiver report with one block, then REMB of 731,764 bit/s.
        byte[] packet = HexFormat.of()
                .parseHex("81c90007000000010eadbeef00000000000012340000001e8f3a11220000c000"
                        + "8fce0005000000010000000052454d42010aca9d0eadbeef");

        assertThat(RtcpReader.read(packet, 0, packet.length, log)).isTrue();
        assertThat(log.lines).containsExactly("block eadbeef 0 0 30 8f3a1122 49152", "REMB " + (0x2ca9dL << 2));
    }

    @Test
    void bigEstimatesKeepTheirMagnitude() {
        for (long bits : new long[] {0, 1, 100_000, 262_143, 262_144, 8_000_000, 1_000_000_000_000L}) {
            log.lines.clear();
            writer.clear().receiverEstimate(1, bits, 2);
            assertThat(read()).isTrue();
            long back = Long.parseLong(log.lines.getFirst().substring(5));
            assertThat(back).isBetween(bits - bits / 100_000, bits);
        }
    }

    @Test
    void garbageIsRefusedAndNeverThrows() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(1, 120)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
            if (bytes.length > 4) {
                bytes[1] = (byte) (200 + random.nextInt(8));
                Bytes.put16(bytes, 2, random.nextInt(30));
            }
            RtcpReader.read(bytes, 0, bytes.length, log);
        }
        assertThat(RtcpReader.read(new byte[0], 0, 0, log)).isFalse();
        assertThat(RtcpReader.read(new byte[] {0, 0, 0, 0}, 0, 4, log)).isFalse();
    }

    @Test
    void aTruncatedCompoundKeepsItsFirstParts() {
        writer.clear().pictureLoss(1, 2).receiverReport(3);
        byte[] cut = Arrays.copyOf(writer.array(), writer.length() - 4);

        assertThat(RtcpReader.read(cut, 0, cut.length, log)).isFalse();
        assertThat(log.lines).containsExactly("PLI 2");
    }
}
