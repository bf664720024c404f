package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnouncedAddressesTest {

    private static final AnnouncedAddresses PUBLIC =
            new AnnouncedAddresses(Optional.of("203.0.113.7"), Optional.empty());

    @Test
    void takeTheAddressOfHostCandidatesOfTheirFamily() {
        assertThat(PUBLIC.apply("candidate:1 1 UDP 2015364095 10.0.0.2 5000 typ host"))
                .isEqualTo("candidate:1 1 UDP 2015364095 203.0.113.7 5000 typ host");
        assertThat(PUBLIC.apply("candidate:1 1 UDP 2015364095 fd00::2 5000 typ host"))
                .contains("fd00::2");
        assertThat(PUBLIC.apply("candidate:1 1 UDP 20 10.0.0.2 5000 typ srflx raddr 10.0.0.2 rport 1"))
                .contains(" 10.0.0.2 5000");
        assertThat(PUBLIC.apply("")).isEmpty();
    }

    @Test
    void tellACandidateOnceInEachSection() {
        var section = "m=audio 1 RTP/SAVPF 96\r\n"
                + "a=candidate:1 1 UDP 1 10.0.0.2 5000 typ host\r\n"
                + "a=candidate:1 1 UDP 1 127.0.0.1 5000 typ host\r\n";
        assertThat(PUBLIC.applyToDescription("v=0\r\n" + section + section))
                .isEqualTo("v=0\r\n"
                        + ("m=audio 1 RTP/SAVPF 96\r\na=candidate:1 1 UDP 1 203.0.113.7 5000 typ host\r\n").repeat(2));
    }

    @Test
    void anEndpointsOwnComeFirst() {
        var own = new AnnouncedAddresses(Optional.of("198.51.100.1"), Optional.empty());
        assertThat(own.or(PUBLIC).ipv4()).contains("198.51.100.1");
        assertThat(AnnouncedAddresses.NONE.or(PUBLIC).ipv4()).contains("203.0.113.7");
    }
}
