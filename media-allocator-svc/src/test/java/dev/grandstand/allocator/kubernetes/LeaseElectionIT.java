package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.protocol.InstanceId;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
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

    /** Nobody is ever reached there. */
    private static final int NOWHERE = 1;

    private final Vertx vertx = Vertx.vertx();
    private final MockCluster kubernetes = new MockCluster();
    private static final ZonedDateTime FAR = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

    private final List<KubernetesCluster> clusters = new ArrayList<>();

    private Election candidate(String name) throws Exception {
        return candidate(name, NOWHERE);
    }

    private Election candidate(String name, int port) throws Exception {
        var cluster = new KubernetesCluster(vertx, kubernetes.config(), new SimpleMeterRegistry(), kubernetes.client());
        clusters.add(cluster);
        var election = cluster.election(new InstanceId(name), port);
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

    /** A holder that has died, in so far as it renews its lease no more; it would last long after the test. */
    private void leads(String name, int port) {
        var leader = new Leader(name, "127.0.0.1", port);
        kubernetes
                .client()
                .leases()
                .inNamespace(MockCluster.NAMESPACE)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(kubernetes.config().lease())
                        .withNamespace(MockCluster.NAMESPACE)
                        .addToAnnotations(Leader.ANNOTATION, leader.written())
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(name)
                        .withLeaseDurationSeconds(3)
                        .withLeaseTransitions(0)
                        .withAcquireTime(FAR)
                        .withRenewTime(FAR)
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void aLeaseIsTakenFromOneThatWasReachedAndIsGone() throws Exception {
        var reached = Promise.<Void>promise();
        var listener = vertx.createNetServer()
                .connectHandler(socket -> reached.tryComplete())
                .listen(0, "127.0.0.1")
                .await(60, TimeUnit.SECONDS);
        leads("dead", listener.actualPort());
        var one = candidate("one", listener.actualPort());
        var two = candidate("two", listener.actualPort());
        reached.future().await(60, TimeUnit.SECONDS);
        assertThat(one.isMine() || two.isMine()).isFalse();

        listener.close().await(60, TimeUnit.SECONDS);

        await().until(() -> one.isMine() || two.isMine());
        await().until(() -> one.isAnothers() != two.isAnothers());
        assertThat(one.isMine()).isEqualTo(two.isAnothers());
        one.stop().await(60, TimeUnit.SECONDS);
        two.stop().await(60, TimeUnit.SECONDS);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
