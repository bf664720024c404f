package dev.grandstand.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateLineTest {

    @Test
    void readsABrowsersCandidate() {
        var candidate = CandidateLine.parse(
                        "candidate:2767737589 1 udp 2122194687 127.0.0.1 42432 typ host generation 0"
                                + " ufrag Ig8t network-id 3 network-cost 50")
                .orElseThrow();

        assertThat(candidate.priority()).isEqualTo(2_122_194_687L);
        assertThat(candidate.address().getPort()).isEqualTo(42_432);
        assertThat(candidate.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(candidate).hasToString("candidate:2767737589 1 UDP 2122194687 127.0.0.1 42432 typ host");
    }

    @Test
    void readsIpv6() {
        assertThat(CandidateLine.parse("a=candidate:1 1 UDP 7 2001:db8::1 9 typ srflx raddr 0.0.0.0 rport 0"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "candidate:",
                "nonsense",
                "candidate:1 1 udp 1 8f1c7a1e-1f0e-4c25.local 9 typ host",
                "candidate:1 1 udp 1 example.com 9 typ host",
                "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active",
                "candidate:1 2 udp 1 127.0.0.1 9 typ host",
                "candidate:1 1 udp x 127.0.0.1 9 typ host",
                "candidate:1 1 udp 1 127.0.0.1 0 typ host",
                "candidate:1 1 udp 1 127.0.0.1 70000 typ host",
                "candidate:1 1 udp 1 0.0.0.0 9 typ host",
                "candidate:1 1 udp 1 300.1.1.1 9 typ host",
                "candidate:1 1 udp 99999999999 127.0.0.1 9 typ host"
            })
    void ignoresWhatIsMalformedOrUseless(String text) {
        assertThat(CandidateLine.parse(text)).isEmpty();
    }
}
