package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.kubernetes.NodeLife.Draining;
import dev.grandstand.allocator.kubernetes.NodeLife.Gone;
import dev.grandstand.allocator.kubernetes.NodeLife.Lost;
import dev.grandstand.allocator.kubernetes.NodeLife.Serving;
import dev.grandstand.allocator.kubernetes.NodeLife.Starting;
import dev.grandstand.allocator.kubernetes.NodeLife.Why;
import dev.grandstand.protocol.NodeId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeLifeTest {

    private static final Instant T0 = Instant.parse("2026-05-01T20:00:00Z");
    private static final Instant LATER = T0.plusSeconds(60);
    private static final boolean EMPTY = false;
    private static final boolean OCCUPIED = true;

    private static PodSeen pod(String phase, boolean ready, boolean terminating, boolean drainAsked, Marks marks) {
        return new PodSeen(
                new NodeId("media-1"),
                "uid-1",
                "10.0.0.7",
                phase,
                ready,
                terminating,
                drainAsked,
                Duty.ANY,
                marks,
                T0,
                "",
                "");
    }

    private static final PodSeen UNREADY = pod("Running", false, false, false, Marks.EMPTY);
    private static final PodSeen READY = pod("Running", true, false, false, Marks.EMPTY);
    private static final PodSeen LIVE_BUT_UNREADY = pod("Running", false, false, false, Marks.OCCUPIED);
    private static final PodSeen TERMINATING = pod("Running", true, true, false, Marks.EMPTY);
    private static final PodSeen ASKED = pod("Running", true, false, true, Marks.EMPTY);
    private static final PodSeen FAILED = pod("Failed", false, false, false, Marks.EMPTY);

    @Test
    void aPodIsNoNodeBeforeItWasReady() {
        assertThat(NodeLife.first(UNREADY, EMPTY, T0)).isEqualTo(new Starting(UNREADY));
        assertThat(new Starting(UNREADY).seen(READY, EMPTY, LATER)).isEqualTo(new Serving(READY, LATER));
    }

    @Test
    void readinessAloneNeverDrains() {
        assertThat(new Serving(READY, T0).seen(UNREADY, OCCUPIED, LATER)).isEqualTo(new Serving(UNREADY, T0));
    }

    /** Its former leader knew that it had been ready; the label and the log tell the next one. */
    @Test
    void aPodWithPeopleIsANodeAlsoForALeaderThatHasNotSeenItReady() {
        assertThat(NodeLife.first(LIVE_BUT_UNREADY, EMPTY, T0)).isEqualTo(new Serving(LIVE_BUT_UNREADY, T0));
        assertThat(NodeLife.first(UNREADY, OCCUPIED, T0)).isEqualTo(new Serving(UNREADY, T0));
    }

    @Test
    void aPodThatIsDeletedIsDrained() {
        assertThat(new Serving(READY, T0).seen(TERMINATING, OCCUPIED, LATER))
                .isEqualTo(new Draining(TERMINATING, T0, Why.LEAVING));
        assertThat(NodeLife.first(TERMINATING, OCCUPIED, T0)).isEqualTo(new Draining(TERMINATING, T0, Why.LEAVING));
    }

    @Test
    void aPodThatIsDeletedBeforeItServedIsGone() {
        assertThat(new Starting(UNREADY).seen(pod("Running", false, true, false, Marks.EMPTY), EMPTY, LATER))
                .isInstanceOf(Gone.class);
    }

    @Test
    void aPodIsDrainedAsLongAsItIsAnnotated() {
        var draining = new Serving(READY, T0).seen(ASKED, OCCUPIED, LATER);

        assertThat(draining).isEqualTo(new Draining(ASKED, T0, Why.ASKED));
        assertThat(draining.seen(READY, OCCUPIED, LATER)).isEqualTo(new Serving(READY, T0));
    }

    @Test
    void aPodThatWasChosenStaysChosenWhateverIsSeenOfIt() {
        var chosen = new Serving(READY, T0).drains(READY, Why.CHOSEN);

        assertThat(chosen.seen(UNREADY, EMPTY, LATER)).isEqualTo(new Draining(UNREADY, T0, Why.CHOSEN));
        assertThat(chosen.recalled(READY)).isEqualTo(new Serving(READY, T0));
    }

    @Test
    void aPodThatIsDeletedIsNotTakenBack() {
        var chosen = new Serving(READY, T0).drains(READY, Why.CHOSEN);
        var leaving = chosen.seen(TERMINATING, OCCUPIED, LATER);

        assertThat(leaving).isEqualTo(new Draining(TERMINATING, T0, Why.LEAVING));
        assertThatThrownBy(() -> ((Draining) leaving).recalled(READY)).isInstanceOf(IllegalStateException.class);
        // An informer's first list may be older than what is known.
        assertThat(leaving.seen(READY, OCCUPIED, LATER)).isEqualTo(new Draining(READY, T0, Why.LEAVING));
    }

    @Test
    void aPodThatEndsWithPeopleIsLostAndOtherwiseGone() {
        assertThat(new Serving(READY, T0).seen(FAILED, OCCUPIED, LATER)).isInstanceOf(Lost.class);
        assertThat(new Serving(READY, T0).vanished(OCCUPIED)).isInstanceOf(Lost.class);
        assertThat(new Serving(READY, T0).vanished(EMPTY)).isInstanceOf(Gone.class);
        assertThat(new Draining(READY, T0, Why.LEAVING).vanished(EMPTY)).isInstanceOf(Gone.class);
        assertThat(new Draining(READY, T0, Why.ASKED).vanished(OCCUPIED)).isInstanceOf(Lost.class);
    }

    @Test
    void aPodThatTheFormerLeaderChoseIsEmptiedFurther() {
        var marked = pod("Running", true, false, false, Marks.toGo(OCCUPIED));

        assertThat(NodeLife.first(marked, OCCUPIED, T0)).isEqualTo(new Draining(marked, T0, Why.CHOSEN));
    }

    @Test
    void whatAnOperatorDrainsIsNotUsedAgainForAnAnnotationThatGoes() {
        var both = new Draining(ASKED, T0, Why.ASKED).because(Why.ORDERED);

        assertThat(both.seen(READY, EMPTY, LATER)).isEqualTo(new Draining(READY, T0, Why.ORDERED));
    }
}
