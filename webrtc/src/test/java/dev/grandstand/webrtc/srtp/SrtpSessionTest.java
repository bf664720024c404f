package dev.grandstand.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Rtp;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {

    private static SrtpSession session(SrtpProfile profile, boolean client) {
        byte[] material = new byte[SrtpKeys.exportLength(profile)];
        new Random(7).nextBytes(material);
        return new SrtpSession(new SrtpKeys(profile, material, client));
    }

    private static byte[] packet(int sequence, int payload) {
        byte[] packet = new byte[Rtp.FIXED_HEADER + payload + SrtpSession.OVERHEAD];
        new Random(sequence).nextBytes(packet);
        Rtp.writeHeader(packet, 0, false, true, 96, sequence, sequence * 3_000, 42);
        return packet;
    }

    @ParameterizedTest
    @EnumSource
    void theOtherSideReadsWhatOneSideProtects(SrtpProfile profile) {
        try (var client = session(profile, true);
                var server = session(profile, false)) {
            // Across the wrap-around of sequence numbers, which the receiver has to notice by itself.
            for (int i = 65_500; i < 65_600; i++) {
                byte[] plain = packet(i & 0xFFFF, 1_000);
                byte[] wire = plain.clone();
                int length = client.protectRtp(wire, 0, 1_012);
                assertThat(length).isGreaterThan(1_012);
                assertThat(Arrays.copyOfRange(wire, 12, 1_012)).isNotEqualTo(Arrays.copyOfRange(plain, 12, 1_012));

                assertThat(server.unprotectRtp(wire, 0, length)).isEqualTo(1_012);
                assertThat(Arrays.copyOf(wire, 1_012)).isEqualTo(Arrays.copyOf(plain, 1_012));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPacketProtectedAgainIsTheSameToTheBit(SrtpProfile profile) {
        try (var client = session(profile, true)) {
            byte[] once = packet(5, 100);
            byte[] later = packet(6, 100);
            byte[] again = packet(5, 100);
            int length = client.protectRtp(once, 0, 112);
            client.protectRtp(later, 0, 112);

            assertThat(client.protectRtp(again, 0, 112)).isEqualTo(length);
            assertThat(again).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedOrSeenBeforeIsRefused(SrtpProfile profile) {
        try (var client = session(profile, true);
                var server = session(profile, false)) {
            byte[] wire = packet(5, 100);
            int length = client.protectRtp(wire, 0, 112);
            byte[] changed = wire.clone();
            changed[50] ^= 1;
            byte[] replayed = wire.clone();

            assertThat(server.unprotectRtp(changed, 0, length)).isEqualTo(-1);
            assertThat(server.unprotectRtp(wire, 0, length)).isEqualTo(112);
            assertThat(server.unprotectRtp(replayed, 0, length)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentAgainLateIsTakenOnceAndWhatIsTooOldNever(SrtpProfile profile) {
        try (var client = session(profile, true);
                var server = session(profile, false)) {
            int last = 65_000 + ReplayWindow.SIZE;
            for (int i = 65_000; i <= last; i++) {
                if (i != 65_000 && i != 65_001 && i != 65_500) {
                    assertThat(arrives(client, server, i)).isTrue();
                }
            }

            assertThat(arrives(client, server, 65_500)).isTrue();
            assertThat(arrives(client, server, 65_001)).isTrue();
            assertThat(arrives(client, server, 65_000)).isFalse();
            for (int i = 65_001; i <= last; i++) {
                assertThat(arrives(client, server, i)).as("packet %d again", i).isFalse();
            }
        }
    }

    private static boolean arrives(SrtpSession from, SrtpSession to, int sequence) {
        byte[] wire = packet(sequence & 0xFFFF, 100);
        return to.unprotectRtp(wire, 0, from.protectRtp(wire, 0, 112)) == 112;
    }

    @ParameterizedTest
    @EnumSource
    void reportsAreProtectedToo(SrtpProfile profile) {
        try (var client = session(profile, true);
                var server = session(profile, false)) {
            var report = new RtcpWriter().receiverReport(42).sourceDescription(42, "x");
            byte[] plain = Arrays.copyOf(report.array(), report.length());
            int length = server.protectRtcp(report.array(), 0, report.length());
            byte[] wire = Arrays.copyOf(report.array(), length);

            assertThat(client.unprotectRtcp(wire, 0, length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(wire, plain.length)).isEqualTo(plain);
        }
    }
}
