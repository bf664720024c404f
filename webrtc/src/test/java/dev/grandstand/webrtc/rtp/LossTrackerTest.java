package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LossTrackerTest {

    private static final long MS = 1_000_000;

    private final LossTracker tracker = new LossTracker();
    private final int[] out = new int[LossTracker.LIMIT];

    private int[] due(long now) {
        return Arrays.copyOf(out, tracker.due(now, 0, out));
    }

    @Test
    void asksForWhatIsMissingOnceOvertakingIsRuledOut() {
        tracker.received(100, 0);
        tracker.received(104, 0);
        tracker.received(102, 2 * MS);

        assertThat(due(5 * MS)).isEmpty();
        assertThat(due(10 * MS)).containsExactly(101, 103);
        assertThat(due(20 * MS)).isEmpty();
        assertThat(due(60 * MS)).containsExactly(101, 103);
    }

    @Test
    void forgetsWhatCameAfterAll() {
        tracker.received(100, 0);
        tracker.received(103, 0);
        tracker.received(101, MS);
        tracker.received(102, MS);

        assertThat(tracker.pending()).isFalse();
        assertThat(due(100 * MS)).isEmpty();
        assertThat(tracker.takeLost()).isFalse();
    }

    @Test
    void givesUpInTheEndAndSaysSoOnce() {
        tracker.received(100, 0);
        tracker.received(102, 0);
        int asked = 0;
        for (long now = 0; now < 3_000 * MS; now += 10 * MS) {
            asked += due(now).length;
        }

        assertThat(asked).isBetween(3, 8);
        assertThat(tracker.pending()).isFalse();
        assertThat(tracker.takeLost()).isTrue();
        assertThat(tracker.takeLost()).isFalse();
    }

    @Test
    void aHugeGapIsNotRepaired() {
        tracker.received(100, 0);
        tracker.received(1_000, 0);

        assertThat(tracker.pending()).isFalse();
        assertThat(tracker.takeLost()).isTrue();
    }

    @Test
    void tellsWhatWasRepairedFromWhatWasMerelyLate() {
        tracker.received(100, 0);
        tracker.received(104, 0);
        tracker.received(102, 2 * MS);
        assertThat(due(10 * MS)).containsExactly(101, 103);
        tracker.received(101, 30 * MS);

        assertThat(tracker.missed()).isEqualTo(2);
        assertThat(tracker.repaired()).isEqualTo(1);
    }

    @Test
    void whatWasSentBeforeTheFirstThatCameIsMissedOnceOneOfThoseComes() {
        tracker.received(105, 0);
        tracker.received(107, 0);
        assertThat(due(10 * MS)).containsExactly(106);
        tracker.received(102, 12 * MS);
        tracker.received(101, 13 * MS);

        assertThat(due(30 * MS)).containsExactly(103, 104);
        tracker.received(104, 40 * MS);
        assertThat(due(80 * MS)).containsExactly(103, 106);
        assertThat(tracker.missed()).isEqualTo(3);
    }

    @Test
    void aStrayFromLongAgoIsNoBeginning() {
        tracker.received(1_000, 0);
        tracker.received(100, 0);

        assertThat(tracker.pending()).isFalse();
        assertThat(tracker.takeLost()).isFalse();
    }

    @Test
    void tellsUntilWhereNothingCanBeRepairedAnyMore() {
        tracker.received(100, 0);
        tracker.received(102, 0);
        tracker.received(104, 1_900 * MS);
        assertThat(tracker.lostUntil()).isEqualTo(-1);

        due(2_000 * MS);
        assertThat(tracker.lostUntil()).isEqualTo(101);
        due(4_000 * MS);
        assertThat(tracker.lostUntil()).isEqualTo(103);
    }
}
