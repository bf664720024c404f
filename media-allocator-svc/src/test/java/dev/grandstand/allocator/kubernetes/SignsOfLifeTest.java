package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {

    private static final Leader ANN = new Leader("ann", "10.0.0.1", 8083);
    private static final Leader BOB = new Leader("bob", "10.0.0.2", 8083);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration RENEWAL = Duration.ofMillis(250);

    private long now;
    private int renewals;
    private final SignsOfLife signs = new SignsOfLife(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void readOf(Leader leader) {
        signs.read(leader, renewals);
    }

    private void renews() {
        renewals++;
    }

    /** As often as it is tried in that time, and the lease read each time. */
    private void refusedFor(Duration time, Leader leader) {
        for (var past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(RETRY)) {
            signs.refused(leader);
            readOf(leader);
            pass(RETRY);
        }
    }

    @Test
    void oneThatWasReachedIsGoneWhenItRefusesAndDoesNotRenew() {
        readOf(ANN);
        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN.minus(RETRY), ANN);
        assertThat(signs.isGone()).isFalse();

        refusedFor(RETRY, ANN);

        assertThat(signs.isGone()).isTrue();
    }

    @Test
    void oneThatWasNeverReachedIsNot() {
        readOf(ANN);
        refusedFor(Duration.ofMinutes(1), ANN);

        assertThat(signs.isGone()).isFalse();
        assertThat(signs.refused(ANN)).as("worth a read of the lease").isFalse();
    }

    @Test
    void oneThatRenewsIsNotAndRefusalsMeanNothingUntilItIsReachedAgain() {
        readOf(ANN);
        signs.answered(ANN);
        for (int i = 0; i < 10; i++) {
            renews();
            refusedFor(RENEWAL, ANN);
            assertThat(signs.isGone()).isFalse();
        }
        refusedFor(Duration.ofMinutes(1), ANN);
        assertThat(signs.isGone()).isFalse();

        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN, ANN);
        assertThat(signs.isGone()).isTrue();
    }

    @Test
    void theLastRenewalOfOneThatDiedMayBeReadAfterwards() {
        readOf(ANN);
        signs.answered(ANN);
        signs.refused(ANN);
        pass(RETRY);
        renews();
        refusedFor(SignsOfLife.CERTAIN.minus(RETRY), ANN);
        assertThat(signs.isGone()).isFalse();

        refusedFor(RETRY, ANN);

        assertThat(signs.isGone()).isTrue();
    }

    @Test
    void silenceIsNoRefusal() {
        readOf(ANN);
        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN, ANN);
        signs.unanswered(ANN);
        pass(Duration.ofMinutes(1));

        assertThat(signs.isGone()).isFalse();
    }

    @Test
    void oneRefusalAfterAPauseOfThisProcessIsNotEnough() {
        readOf(ANN);
        signs.answered(ANN);
        signs.refused(ANN);
        pass(Duration.ofMinutes(1));
        readOf(ANN);
        signs.refused(ANN);

        assertThat(signs.isGone()).isFalse();
    }

    @Test
    void whatIsSaidOfTheFormerLeaderIsNothingToTheNext() {
        readOf(ANN);
        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN, ANN);
        readOf(BOB);
        assertThat(signs.isGone()).isFalse();

        signs.answered(ANN);
        pass(RETRY);
        for (int i = 0; i < 10; i++) {
            signs.refused(ANN);
            signs.refused(BOB);
            pass(RETRY);
        }

        assertThat(signs.isGone()).isFalse();
    }

    @Test
    void nobodyIsGoneWhereNobodyLeads() {
        readOf(ANN);
        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN, ANN);
        signs.read(null, renewals);

        assertThat(signs.isGone()).isFalse();
    }

    /** Whatever becomes of connections: one that renews, and whose renewals are read, keeps its lease; one that died loses it. */
    @RepeatedTest(200)
    void oneThatLivesIsNeverGone(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        int dies = 100 + random.nextInt(200);
        int tick = 20;
        readOf(ANN);
        for (int i = 0; i < dies; i++) {
            if (i % (RENEWAL.toMillis() / tick) == 0) {
                renews();
                readOf(ANN);
            }
            switch (random.nextInt(8)) {
                case 0 -> signs.answered(ANN);
                case 1 -> signs.unanswered(ANN);
                default -> signs.refused(ANN);
            }
            assertThat(signs.isGone()).isFalse();
            pass(Duration.ofMillis(tick));
        }
        signs.answered(ANN);
        refusedFor(SignsOfLife.CERTAIN, ANN);
        assertThat(signs.isGone()).isTrue();
    }
}
