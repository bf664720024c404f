package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WayTest {

    private static final String ANSWER = """
            v=0\r
            m=video 9 UDP/TLS/RTP/SAVPF 96\r
            a=candidate:1 1 UDP 2 10.0.0.2 5000 typ host\r
            a=candidate:2 1 UDP 1 127.0.0.1 5000 typ host\r
            a=mid:0\r
            """;

    @Test
    void theDirectWayLeavesAnAnswerAsItIs() {
        assertThat(Way.DIRECT.through(ANSWER)).isEqualTo(ANSWER);
    }

    @Test
    void whatStandsInBetweenIsTheOnlyWayOfAnAnswerToo() {
        Way detour = candidate ->
                candidate.contains("127.0.0.1") ? Optional.of(candidate.replace("5000", "6000")) : Optional.empty();

        assertThat(detour.through(ANSWER)).isEqualTo("""
                v=0\r
                m=video 9 UDP/TLS/RTP/SAVPF 96\r
                a=candidate:2 1 UDP 1 127.0.0.1 6000 typ host\r
                a=mid:0\r
                """);
    }
}
