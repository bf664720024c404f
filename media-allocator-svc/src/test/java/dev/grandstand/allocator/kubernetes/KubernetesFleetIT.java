package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that stores; what a real one does besides is tested in e2e-tests. */
class KubernetesFleetIT {

    private static final FleetMember ONE =
            new FleetMember(new NodeRef(new NodeId("media-1"), URI.create("ws://10.0.0.1:8888/kurento")), Duty.ANY);
    private static final FleetMember TWO =
            new FleetMember(new NodeRef(new NodeId("media-2"), URI.create("ws://10.0.0.2:8888/kurento")), Duty.ANY);

    /** The machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final KeeperOfTests keeper = new KeeperOfTests();
    private final MockCluster kubernetes = new MockCluster();
    private KubernetesCluster cluster;
    private FleetSource fleet;

    @BeforeEach
    void begin() throws Exception {
        kubernetes.runs("media-1", "10.0.0.1");
        cluster = new KubernetesCluster(vertx, kubernetes.config(), new SimpleMeterRegistry(), kubernetes.client());
        fleet = cluster.fleet(4, new ScalingPolicy(ScalingRules.DEFAULT), InstantSource.system());
        onContext(() -> fleet.start(keeper));
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

    private boolean isDraining(String node) {
        return keeper.fleet().draining().contains(new NodeId(node));
    }

    @Test
    void mediaPodsAreNodes() {
        assertThat(keeper.nodes()).containsExactly(ONE);

        kubernetes.runs("media-2", "10.0.0.2");
        await().untilAsserted(() -> assertThat(keeper.nodes()).containsExactlyInAnyOrder(ONE, TWO));

        kubernetes.ends("media-2");
        await().untilAsserted(() -> assertThat(keeper.nodes()).containsExactly(ONE));
    }

    @Test
    void aPodIsMarkedWhileSomebodyIsThere() {
        keeper.seated("media-1", "ada");
        await().untilAsserted(() ->
                assertThat(PodSeen.of(kubernetes.pod("media-1")).marks()).isEqualTo(Marks.OCCUPIED));

        keeper.left("ada");
        await().untilAsserted(() ->
                assertThat(PodSeen.of(kubernetes.pod("media-1")).marks()).isEqualTo(Marks.EMPTY));
        assertThat(kubernetes.pod("media-1").getMetadata().getLabels()).containsKey("app.kubernetes.io/component");
    }

    @Test
    void anAnnotatedPodIsDrainedUntilTheAnnotationGoes() {
        kubernetes.edit("media-1", pod -> pod.editMetadata()
                .addToAnnotations(PodSeen.DRAIN, "true")
                .endMetadata());
        await().until(() -> isDraining("media-1"));

        kubernetes.edit(
                "media-1",
                pod -> pod.editMetadata().removeFromAnnotations(PodSeen.DRAIN).endMetadata());
        await().until(() -> !isDraining("media-1"));
    }

    @Test
    void aPodThatWasDeletedWaitsUntilEverybodyHasLeft() throws Exception {
        keeper.seated("media-1", "ada");
        kubernetes.terminates("media-1");
        await().until(() -> isDraining("media-1"));

        var departing = Promise.<Departure>promise();
        context.runOnContext(
                now -> fleet.depart(new NodeId("media-1"), "10.0.0.9").onComplete(departing));
        keeper.left("ada");

        assertThat(departing.future().await(60, TimeUnit.SECONDS)).isEqualTo(new Departure.Empty());
    }

    @Test
    void nobodyElseMayDrainAPodThatIsNotDeleted() throws Exception {
        assertThat(onContext(() -> fleet.depart(new NodeId("media-1"), "10.0.0.9")))
                .isInstanceOf(Departure.Refused.class);
        assertThat(isDraining("media-1")).isFalse();

        assertThat(onContext(() -> fleet.depart(new NodeId("media-1"), "10.0.0.1")))
                .isEqualTo(new Departure.Empty());
        assertThat(isDraining("media-1")).isTrue();
    }

    @Test
    void aPodThatIsNotThereIsEmpty() throws Exception {
        assertThat(onContext(() -> fleet.depart(new NodeId("media-7"), "10.0.0.9")))
                .isEqualTo(new Departure.Empty());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
