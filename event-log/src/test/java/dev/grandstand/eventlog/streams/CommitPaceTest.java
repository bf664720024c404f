package dev.grandstand.eventlog.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final long NOON = 1_000_000;

    private final CommitPace pace = new CommitPace(Duration.ofMillis(2));

    @Test
    void oneTaskSeesToTheCommitForAll() {
        assertThat(pace.written(NOON)).isEqualTo(2);
        assertThat(pace.written(NOON)).isZero();
        assertThat(pace.written(NOON + 1)).isZero();
    }

    @Test
    void whatIsWrittenAfterwardsNeedsTheNext() {
        pace.written(NOON);
        pace.committing();
        assertThat(pace.written(NOON + 3)).isEqualTo(2);
    }

    @Test
    void whereTheTaskThatWasToSeeToItHasMovedAnotherDoes() {
        pace.written(NOON);
        assertThat(pace.written(NOON + 50)).isZero();
        assertThat(pace.written(NOON + 200)).isEqualTo(2);
    }
}
