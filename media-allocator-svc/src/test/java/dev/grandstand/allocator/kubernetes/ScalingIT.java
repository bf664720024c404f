package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four seats a node; the policy keeps one node's seats free, and lets nodes go after a moment. */
class ScalingIT {

    private static final ScalingRules HASTY = new ScalingRules(
            1, 5, 0.2, 0.2, Duration.ZERO, Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(500), 0.1);

    /** The machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final KeeperOfTests keeper = new KeeperOfTests();
    private final MockCluster kubernetes = new MockCluster();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KubernetesCluster cluster;
    private FleetSource fleet;

    @BeforeEach
    void begin() throws Exception {
        cluster = new KubernetesCluster(vertx, kubernetes.config(), meters, kubernetes.client());
        kubernetes.deploys(2);
        kubernetes.runs("media-1", "10.0.0.1");
        kubernetes.runs("media-2", "10.0.0.2");
        fleet = reign();
    }

    private FleetSource reign() throws Exception {
        var begun = cluster.fleet(4, new ScalingPolicy(HASTY), InstantSource.system());
        onContext(() -> begun.start(keeper));
        return begun;
    }

    @AfterEach
    void end() throws Exception {
        onContext(fleet::stop);
        cluster.close().await(60, TimeUnit.SECONDS);
        kubernetes.close();
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    private <T> T onContext(Supplier<Future<T>> call) throws Exception {
        var done = Promise.<T>promise();
        context.runOnContext(now -> call.get().onComplete(done));
        return done.future().await(60, TimeUnit.SECONDS);
    }

    private double removed(String which) {
        return meters.get("grandstand.kubernetes.pods.removed")
                .tag("which", which)
                .counter()
                .count();
    }

    private boolean isDraining(String node) {
        return keeper.fleet().draining().contains(new NodeId(node));
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
        await().until(() -> fleet.scaling().orElseThrow().latest().size() > 0);
        keeper.left("ada");

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
        var goes = kubernetes.costliest();
        assertThat(isDraining(goes)).isTrue();

        kubernetes.ends(goes);
        await().untilAsserted(() -> assertThat(removed("chosen")).isEqualTo(1));
        assertThat(kubernetes.replicas()).isEqualTo(1);
    }

    @Test
    void aPodWithPeopleIsEmptiedBeforeItGoes() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        onContext(() -> fleet.scaling().orElseThrow().order(1));

        await().until(() -> isDraining("media-1") || isDraining("media-2"));
        var chosen = isDraining("media-1") ? "ada" : "bob";
        assertThat(kubernetes.replicas()).isEqualTo(2);

        keeper.left(chosen);
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
    }

    @Test
    void aNodeThatHasHadItsTimeIsReplacedBeforeItGoes() throws Exception {
        keeper.seated("media-1", "ada");
        keeper.seated("media-2", "bob");
        onContext(() -> fleet.scaling().orElseThrow().order(2));
        onContext(() -> {
            fleet.wornOut(new NodeId("media-1"));
            return Future.succeededFuture();
        });

        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(3));
        assertThat(isDraining("media-1")).isTrue();

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
        onContext(() -> fleet.scaling().orElseThrow().order(2));
        onContext(() -> {
            fleet.wornOut(new NodeId("media-1"));
            fleet.renewed(new NodeId("media-1"));
            return Future.succeededFuture();
        });

        assertThat(isDraining("media-1")).isFalse();
        assertThat(kubernetes.replicas()).isEqualTo(2);
    }

    @Test
    void anotherPodThatWentIsCounted() throws Exception {
        keeper.seated("media-1", "ada");
        onContext(() -> fleet.scaling().orElseThrow().order(1));
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(1));
        assertThat(kubernetes.costliest()).isEqualTo("media-2");

        kubernetes.terminates("media-1");

        await().untilAsserted(() -> assertThat(removed("live")).isEqualTo(1));
        await().untilAsserted(
                        () -> assertThat(kubernetes.events()).anyMatch(event -> event.startsWith("LivePodRemoved")));
        await().until(() -> isDraining("media-1"));
    }

    @Test
    void whatAnOperatorWantedHoldsForTheNextLeaderToo() throws Exception {
        onContext(() -> fleet.scaling().orElseThrow().order(4));
        await().untilAsserted(() -> assertThat(kubernetes.replicas()).isEqualTo(4));

        onContext(fleet::stop);
        fleet = reign();

        assertThat(fleet.scaling().orElseThrow().byHand()).hasValue(4);
        onContext(() -> fleet.scaling().orElseThrow().release());
        assertThat(fleet.scaling().orElseThrow().byHand()).isEmpty();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
