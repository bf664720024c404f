package dev.grandstand.eventlog.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WakeTurnsTest {

    private long now = Long.MAX_VALUE - 1_000;
    private final WakeTurns turns = new WakeTurns(() -> now);

    @Test
    void theFirstTurnComesAtOnce() {
        assertThat(turns.begins()).isTrue();
    }

    @Test
    void whatIsLeftOfTheTimeIsAsLongAsTheTurnWas() {
        take(5);

        assertThat(turns.begins()).isFalse();
        pass(4);
        assertThat(turns.begins()).isFalse();
        pass(1);
        assertThat(turns.begins()).isTrue();
    }

    @Test
    void aLongTurnIsFollowedByALongRest() {
        take(400);

        pass(399);
        assertThat(turns.begins()).isFalse();
        pass(1);
        assertThat(turns.begins()).isTrue();
    }

    @Test
    void ofManyTasksThatAskOneHasTheTurn() {
        int granted = 0;
        for (int round = 0; round < 100; round++) {
            for (int task = 0; task < 8; task++) {
                if (turns.begins()) {
                    pass(5);
                    turns.ended();
                    granted++;
                }
            }
            pass(5);
        }

        assertThat(granted).isEqualTo(100);
    }

    private void take(int millis) {
        assertThat(turns.begins()).isTrue();
        pass(millis);
        turns.ended();
    }

    private void pass(int millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
