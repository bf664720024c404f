package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViewersNeedTest {

    private static final long LEAST = 100_000;

    private final ViewersNeed need = new ViewersNeed();
    private long now = 1;

    private long second(long best, long comes) {
        now += Duration.ofSeconds(1).toNanos();
        return need.update(best, comes, LEAST, now);
    }

    @Test
    void whoCanTakeMoreThanComesLimitsNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(second(700_000, 600_000)).isEqualTo(ViewersNeed.UNLIMITED);
        }
    }

    @Test
    void whoHasSaidNothingLimitsNothing() {
        second(0, 600_000);

        assertThat(second(0, 600_000)).isEqualTo(ViewersNeed.UNLIMITED);
    }

    @Test
    void lessThanComesIsTheNeedOnceItIsSaidTwice() {
        assertThat(second(400_000, 600_000)).isEqualTo(ViewersNeed.UNLIMITED);
        assertThat(second(410_000, 600_000)).isEqualTo(410_000);
        assertThat(second(380_000, 600_000)).isEqualTo(380_000);
    }

    @Test
    void itDoesNotGrowWhileTheSourceSendsMoreThanItMay() {
        second(400_000, 600_000);
        second(400_000, 600_000);

        assertThat(second(500_000, 600_000)).isEqualTo(400_000);
    }

    @Test
    void itGrowsByAQuarterASecondWhenItIsNotExceeded() {
        second(400_000, 600_000);
        second(400_000, 600_000);

        assertThat(second(400_000, 390_000)).isEqualTo(500_000);
        assertThat(second(600_000, 490_000)).isEqualTo(625_000);
        long told = 0;
        for (int i = 0; i < 60; i++) {
            told = second(2_000_000, 600_000);
        }
        assertThat(told).isEqualTo(ViewersNeed.UNLIMITED);
    }

    @Test
    void earlyReportsDoNotHurryIt() {
        second(400_000, 600_000);
        now += Duration.ofMillis(200).toNanos();

        assertThat(need.update(400_000, 600_000, LEAST, now)).isEqualTo(ViewersNeed.UNLIMITED);
    }

    @Test
    void itNeverFallsBelowTheLeast() {
        second(10_000, 600_000);

        assertThat(second(10_000, 600_000)).isEqualTo(LEAST);
    }
}
