package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResumeOfferTest {

    private final Clockwork clock = new Clockwork();
    private int offers;
    private final ResumeOffer offer = new ResumeOffer(clock, () -> ++offers > 0);

    @Test
    void manyChangesLeadToOneToken() {
        for (int change = 0; change < 10; change++) {
            offer.changed();
        }
        clock.pass(Duration.ofSeconds(1));

        assertThat(offers).isEqualTo(1);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aLaterChangeLeadsToAnother() {
        offer.changed();
        clock.pass(Duration.ofSeconds(1));
        offer.changed();
        clock.pass(Duration.ofSeconds(1));

        assertThat(offers).isEqualTo(2);
    }

    @Test
    void aFreshTokenIsNotRenewed() {
        offer.given();
        offer.renewIfOld();

        assertThat(offers).isZero();
    }
}
