package dev.grandstand.eventlog.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final Duration LONGEST = Duration.ofMillis(40);

    private final Gathering gathering = new Gathering(Duration.ofMillis(2), LONGEST);
    private long now = 1_000_000;

    @Test
    void whatComesAloneWaitsForTheShortestTime() {
        gathering.came(now);
        assertThat(gathering.millis()).isEqualTo(2);
    }

    @Test
    void fewRecordsWaitNoLonger() {
        come(Gathering.FEW, Duration.ofSeconds(1));
        assertThat(gathering.millis()).isEqualTo(2);
    }

    @Test
    void theMoreComeTheLongerTheyGather() {
        come((Gathering.FEW + Gathering.MANY) / 2, Duration.ofSeconds(1));
        assertThat(gathering.millis()).isBetween(18L, 22L);
        come(2 * Gathering.MANY, Duration.ofSeconds(1));
        assertThat(gathering.millis()).isEqualTo(LONGEST.toMillis());
    }

    @Test
    void theFirstAfterSilenceDoesNotPayForThoseBefore() {
        come(2 * Gathering.MANY, Duration.ofSeconds(1));
        now += 10_000;
        gathering.came(now);
        assertThat(gathering.millis()).isEqualTo(2);
    }

    private void come(int records, Duration during) {
        long began = now;
        for (int i = 1; i <= records; i++) {
            now = began + i * during.toMillis() / records;
            gathering.came(now);
        }
    }
}
