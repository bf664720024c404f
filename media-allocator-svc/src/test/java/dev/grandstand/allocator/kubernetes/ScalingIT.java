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
        var goes = kubernetes.costliest();
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
        assertThat(kubernetes.costliest()).isEqualTo("media-1");
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
        assertThat(kubernetes.costliest()).isEqualTo("media-2");

        kubernetes.terminates("media-1");

        await().untilAsserted(() -> assertThat(fleet.removed("live")).isEqualTo(1));
        await().untilAsserted(
                        () -> assertThat(kubernetes.events()).anyMatch(event -> event.startsWith("LivePodRemoved")));
        await().until(() -> fleet.isDraining("media-1"));
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
