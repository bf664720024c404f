package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.NodeId;
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

/** The media pods of a cluster that only stores, as an allocator sees them. */
final class FleetUnderTest implements AutoCloseable {

    /** The machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockCluster kubernetes;
    private final KeeperOfTests keeper;
    private final ScalingRules rules;
    private final KubernetesCluster cluster;
    private FleetSource fleet;

    private FleetUnderTest(MockCluster kubernetes, KeeperOfTests keeper, ScalingRules rules) {
        this.kubernetes = kubernetes;
        this.keeper = keeper;
        this.rules = rules;
        this.cluster = new KubernetesCluster(vertx, kubernetes.config(), meters, kubernetes.client());
    }

    static FleetUnderTest start(MockCluster kubernetes, KeeperOfTests keeper, ScalingRules rules) throws Exception {
        var started = new FleetUnderTest(kubernetes, keeper, rules);
        started.reign();
        return started;
    }

    private void reign() throws Exception {
        fleet = cluster.fleet(4, new ScalingPolicy(rules), InstantSource.system());
        onContext(() -> fleet.start(keeper, Future.succeededFuture()));
    }

    /** An allocator stops, and the next one, which knows what the log says, leads. */
    void nextReign() throws Exception {
        stop();
        keeper.forgets();
        reign();
    }

    /** The stored server blocks if a watch ends while it begins. */
    private void stop() throws Exception {
        await().until(() -> meters.get("grandstand.kubernetes.watching").gauge().value() == 1);
        onContext(fleet::stop);
    }

    FleetSource source() {
        return fleet;
    }

    <T> T onContext(Supplier<Future<T>> call) throws Exception {
        return begun(call).await(60, TimeUnit.SECONDS);
    }

    <T> Future<T> begun(Supplier<Future<T>> call) {
        var done = Promise.<T>promise();
        context.runOnContext(now -> call.get().onComplete(done));
        return done.future();
    }

    void order(int nodes) throws Exception {
        onContext(() -> fleet.scaling().orElseThrow().order(nodes));
    }

    double removed(String which) {
        return meters.get("grandstand.kubernetes.pods.removed")
                .tag("which", which)
                .counter()
                .count();
    }

    boolean isDraining(String node) {
        return keeper.fleet().draining().contains(new NodeId(node));
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    @Override
    public void close() throws Exception {
        stop();
        cluster.close().await(60, TimeUnit.SECONDS);
        kubernetes.close();
        vertx.close().await(60, TimeUnit.SECONDS);
    }
}
