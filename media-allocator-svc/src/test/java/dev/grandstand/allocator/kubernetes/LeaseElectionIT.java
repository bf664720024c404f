package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.protocol.InstanceId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseElectionIT {

    /** The machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final MockCluster kubernetes = new MockCluster();
    private final List<KubernetesCluster> clusters = new ArrayList<>();

    private Election candidate(String name) throws Exception {
        var cluster = new KubernetesCluster(vertx, kubernetes.config(), new SimpleMeterRegistry(), kubernetes.client());
        clusters.add(cluster);
        var election = cluster.election(new InstanceId(name));
        election.start().await(60, TimeUnit.SECONDS);
        return election;
    }

    @AfterEach
    void end() throws Exception {
        for (var cluster : clusters) {
            cluster.close().await(60, TimeUnit.SECONDS);
        }
        kubernetes.close();
        vertx.close().await(60, TimeUnit.SECONDS);
    }

    @Test
    void oneOfTwoLeadsAndTheOtherFollowsItWhenItStops() throws Exception {
        var one = candidate("one");
        var two = candidate("two");
        await().until(one::isMine);
        assertThat(two.isMine()).isFalse();
        assertThat(two.isAnothers()).isTrue();

        one.stop().await(60, TimeUnit.SECONDS);

        await().until(two::isMine);
        two.stop().await(60, TimeUnit.SECONDS);
    }

    @Test
    void oneThatCouldNotLeadLetsAnotherTry() throws Exception {
        var one = candidate("one");
        var two = candidate("two");
        await().until(one::isMine);

        one.tried(false);

        await().until(two::isMine);
        await().until(one::isAnothers);
        one.stop().await(60, TimeUnit.SECONDS);
        two.stop().await(60, TimeUnit.SECONDS);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
