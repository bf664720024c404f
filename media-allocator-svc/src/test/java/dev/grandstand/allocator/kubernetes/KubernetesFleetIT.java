package dev.grandstand.allocator.kubernetes;

import static dev.grandstand.allocator.kubernetes.FleetUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that stores; what a real one does besides is tested in e2e-tests. */
class KubernetesFleetIT {

    private static final FleetMember ONE =
            new FleetMember(new NodeRef(new NodeId("media-1"), URI.create("ws://10.0.0.1:8888/kurento")), Duty.ANY);
    private static final FleetMember TWO =
            new FleetMember(new NodeRef(new NodeId("media-2"), URI.create("ws://10.0.0.2:8888/kurento")), Duty.ANY);

    private final KeeperOfTests keeper = new KeeperOfTests();
    private final MockCluster kubernetes = new MockCluster();
    private FleetUnderTest fleet;

    @BeforeEach
    void begin() throws Exception {
        kubernetes.runs("media-1", "10.0.0.1");
        fleet = FleetUnderTest.start(kubernetes, keeper, ScalingRules.DEFAULT);
    }

    @AfterEach
    void end() throws Exception {
        fleet.close();
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
        await().until(() -> fleet.isDraining("media-1"));

        kubernetes.edit(
                "media-1",
                pod -> pod.editMetadata().removeFromAnnotations(PodSeen.DRAIN).endMetadata());
        await().until(() -> !fleet.isDraining("media-1"));
    }

    @Test
    void aPodThatWasDeletedWaitsUntilEverybodyHasLeft() throws Exception {
        keeper.seated("media-1", "ada");
        kubernetes.terminates("media-1");
        await().until(() -> fleet.isDraining("media-1"));

        var departing = fleet.begun(() -> fleet.source().depart(new NodeId("media-1"), "10.0.0.9"));
        keeper.left("ada");

        assertThat(departing.await(60, TimeUnit.SECONDS)).isEqualTo(new Departure.Empty());
    }

    @Test
    void nobodyElseMayDrainAPodThatIsNotDeleted() throws Exception {
        assertThat(fleet.onContext(() -> fleet.source().depart(new NodeId("media-1"), "10.0.0.9")))
                .isInstanceOf(Departure.Refused.class);
        assertThat(fleet.isDraining("media-1")).isFalse();

        assertThat(fleet.onContext(() -> fleet.source().depart(new NodeId("media-1"), "10.0.0.1")))
                .isEqualTo(new Departure.Empty());
        assertThat(fleet.isDraining("media-1")).isTrue();
    }

    @Test
    void aPodThatIsNotThereIsEmpty() throws Exception {
        assertThat(fleet.onContext(() -> fleet.source().depart(new NodeId("media-7"), "10.0.0.9")))
                .isEqualTo(new Departure.Empty());
    }
}
