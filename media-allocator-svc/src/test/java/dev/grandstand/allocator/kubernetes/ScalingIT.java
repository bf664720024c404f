package dev.grandstand.allocator.kubernetes;

import static dev.grandstand.allocator.kubernetes.FleetUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four seats a node; the policy keeps one node's seats free, and lets nodes go after a moment. */
class ScalingIT {

    private static final ScalingRules HASTY = new ScalingRules(
            1, 5, 0.2, 0.2, Duration.ZERO, Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(500), 0.1);

    private final KeeperOfTests keeper = new KeeperOfTests();
    private final MockCluster kubernetes = new MockCluster();
    private FleetUnderTest fleet;

    @BeforeEach
    void begin() throws Exception {
        kubernetes.deploys(2);
        kubernetes.runs("media-1", "10.0.0.1");
        kubernetes.runs("media-2", "10.0.0.2");
        fleet = FleetUnderTest.start(kubernetes, keeper, HASTY);
    }

    @AfterEach
    void end() throws Exception {
        fleet.close();
    }

    @Test
    void podsAreOrderedForThoseWhoCome() {
        for (var who : new String[] {"ada", "bob", "cyd", "dan"}) {
            keeper.seated("media-1", who);
        }
        keeper.seated("media-2", "eve");

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(3));
        assertThat(keeper.published())
                .filteredOn(ScalingStep.class::isInstance)
                .extracting(step -> ((ScalingStep) step).decision().direction())
                .contains(Direction.UP);
        await().untilAsserted(() ->
                assertThat(kubernetes.events()).anyMatch(event -> event.startsWith("ScaledUp up from 2 to 3")));
    }

    @Test
    void theEmptyPodIsMarkedAndTheDeploymentScaledDownByOne() {
        keeper.seated("media-2", "ada");
        // Two are needed: one for her, and one's seats in reserve. Then she leaves.
        await().until(() -> fleet.source().scaling().orElseThrow().latest().size() > 0);
        keeper.left("ada");

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
        assertThat(kubernetes.firstToGo()).hasSize(1);
        var goes = kubernetes.firstToGo().getFirst();
        assertThat(fleet.isDraining(goes)).isTrue();

        kubernetes.ends(goes);
        await().untilAsserted(() -> assertThat(fleet.removed("chosen")).isEqualTo(1));
        assertThat(kubernetes.replicas()).isEqualTo(1);
    }

    @Test
    void aPodWithPeopleIsEmptiedBeforeItGoes() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        fleet.order(1);

        await().until(() -> fleet.isDraining("media-1") || fleet.isDraining("media-2"));
        var chosen = fleet.isDraining("media-1") ? "ada" : "bob";
        assertThat(kubernetes.replicas()).isEqualTo(2);

        keeper.left(chosen);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
    }

    @Test
    void aNodeThatHasHadItsTimeIsReplacedBeforeItGoes() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        fleet.order(2);
        fleet.onContext(() -> {
            fleet.source().wornOut(new NodeId("media-1"));
            return Future.succeededFuture();
        });

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(3));
        assertThat(fleet.isDraining("media-1")).isTrue();

        kubernetes.runs("media-3", "10.0.0.3");
        await().until(() -> keeper.nodes().size() == 3);
        assertThat(kubernetes.replicas()).isEqualTo(3);

        keeper.left("ada");
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(2));
        assertThat(kubernetes.firstToGo()).containsExactly("media-1");
    }

    @Test
    void aNodeThatHasBegunAnewIsUsedAgain() throws Exception {
        keeper.seated("media-1", "ada");
        fleet.order(2);
        fleet.onContext(() -> {
            fleet.source().wornOut(new NodeId("media-1"));
            fleet.source().renewed(new NodeId("media-1"));
            return Future.succeededFuture();
        });

        assertThat(fleet.isDraining("media-1")).isFalse();
        assertThat(kubernetes.replicas()).isEqualTo(2);
    }

    @Test
    void anotherPodThatWentIsCounted() throws Exception {
        keeper.seated("media-1", "ada");
        fleet.order(1);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
        assertThat(kubernetes.firstToGo()).containsExactly("media-2");

        kubernetes.terminates("media-1");

        await().untilAsserted(() -> assertThat(fleet.removed("live")).isEqualTo(1));
        await().untilAsserted(
                        () -> assertThat(kubernetes.events()).anyMatch(event -> event.startsWith("LivePodRemoved")));
        await().until(() -> fleet.isDraining("media-1"));
    }

    @Test
    void severalGoAtOnceAfterTheRightOneWent() throws Exception {
        for (var node : new String[] {"3", "4", "5"}) {
            kubernetes.runs("media-" + node, "10.0.0." + node);
        }
        fleet.order(5);
        await().until(() -> keeper.nodes().size() == 5 && kubernetes.replicas() == 5);
        keeper.seated("media-1", "ada");
        fleet.order(1);

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(4));
        kubernetes.firstToGo().forEach(kubernetes::ends);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(2));
        assertThat(kubernetes.firstToGo()).hasSize(2).doesNotContain("media-1");
        kubernetes.firstToGo().forEach(kubernetes::ends);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
        assertThat(fleet.removed("chosen")).isEqualTo(3);
        assertThat(fleet.isDraining("media-1")).isFalse();
    }

    @Test
    void whatWasChosenIsKnownToTheNextLeader() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        fleet.order(1);
        await().until(() -> PodSeen.of(kubernetes.pod("media-1")).marks().isToGo()
                || PodSeen.of(kubernetes.pod("media-2")).marks().isToGo());
        var chosen = fleet.isDraining("media-1") ? "ada" : "bob";

        fleet.nextReign();
        assertThat(fleet.isDraining("media-1")).isEqualTo(chosen.equals("ada"));
        assertThat(fleet.isDraining("media-2")).isEqualTo(chosen.equals("bob"));

        keeper.left(chosen);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
    }

    @Test
    void whatWasChosenIsUsedAgainByTheNextLeaderIfItIsNeeded() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        fleet.order(1);
        await().until(() -> fleet.isDraining("media-1") || fleet.isDraining("media-2"));
        fleet.nextReign();
        fleet.order(2);

        await().until(() -> !fleet.isDraining("media-1") && !fleet.isDraining("media-2"));
        await().untilAsserted(() -> assertThat(new String[] {"media-1", "media-2"})
                .allMatch(pod -> PodSeen.of(kubernetes.pod(pod)).marks().equals(Marks.OCCUPIED)));
        assertThat(kubernetes.replicas()).isEqualTo(2);
    }

    @Test
    void aNodeThatAnOperatorDrainsIsReplacedAndStays() throws Exception {
        keeper.seated("media-2", "ada");
        fleet.order(2);
        keeper.drain(new NodeId("media-1"), true);

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(3));
        kubernetes.runs("media-3", "10.0.0.3");
        await().until(() -> keeper.nodes().size() == 3);
        keeper.drain(new NodeId("media-1"), false);

        // One too many now, and the youngest of those that are empty goes.
        await().untilAsserted(() -> assertThat(kubernetes.firstToGo()).containsExactly("media-3"));
        assertThat(fleet.isDraining("media-1")).isFalse();
    }

    @Test
    void nothingIsScaledByWhoeverIsShutOut() throws Exception {
        keeper.seated("media-1", "ada");
        fleet.order(2);
        await().until(() -> kubernetes.replicas() == 2);
        keeper.isShutOut();
        keeper.seated("media-2", "bob");
        keeper.left("bob");
        fleet.begun(() -> fleet.source().scaling().orElseThrow().order(1));

        await().until(() -> keeper.refused() > 2);
        assertThat(kubernetes.replicas()).isEqualTo(2);
    }

    @Test
    void whatAnOperatorWantedHoldsForTheNextLeaderToo() throws Exception {
        fleet.order(4);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(4));

        fleet.nextReign();

        assertThat(fleet.source().scaling().orElseThrow().byHand()).hasValue(4);
        fleet.onContext(() -> fleet.source().scaling().orElseThrow().release());
        assertThat(fleet.source().scaling().orElseThrow().byHand()).isEmpty();
    }
}
