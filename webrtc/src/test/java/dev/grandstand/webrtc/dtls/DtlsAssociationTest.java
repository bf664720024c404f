package dev.grandstand.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DtlsAssociationTest {

    @Test
    void aFlightIsRepeatedSoonHoweverLongOneCheckTook() {
        assertThat(DtlsAssociation.resendMillis(Duration.ofMillis(1))).isEqualTo(50);
        assertThat(DtlsAssociation.resendMillis(Duration.ofMillis(30))).isEqualTo(120);
        assertThat(DtlsAssociation.resendMillis(Duration.ofSeconds(2))).isEqualTo(200);
    }
}
