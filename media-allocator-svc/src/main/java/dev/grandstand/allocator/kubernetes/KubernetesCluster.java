package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.protocol.InstanceId;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The cluster that an allocator runs in, for as long as its process lives. */
public final class KubernetesCluster {

    /** No call takes longer. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int WORKERS = 4;

    private final Vertx vertx;
    private final KubernetesConfig config;
    private final KubernetesClient client;
    private final WorkerExecutor worker;
    private final String namespace;
    private final BootTime boot;
    private final KubernetesMetrics metrics;

    /** As the pod's service account, or as a kubeconfig says. */
    public KubernetesCluster(Vertx vertx, KubernetesConfig config, MeterRegistry meters) {
        this(
                vertx,
                config,
                meters,
                new KubernetesClientBuilder()
                        .withConfig(bounded(Config.autoConfigure(null)))
                        .build());
    }

    KubernetesCluster(Vertx vertx, KubernetesConfig config, MeterRegistry meters, KubernetesClient client) {
        this.vertx = vertx;
        this.config = config;
        this.client = client;
        this.worker = vertx.createSharedWorkerExecutor("kubernetes", WORKERS);
        this.namespace = config.namespace().isEmpty() ? client.getNamespace() : config.namespace();
        this.boot = new BootTime(config.boot());
        this.metrics = new KubernetesMetrics(meters);
    }

    /** The client's own patience with a server that is away is too long for whoever waits for it. */
    static Config bounded(Config config) {
        return new ConfigBuilder(config)
                .withRequestTimeout((int) LIMIT.toMillis())
                .withConnectionTimeout((int) LIMIT.toMillis())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /**
     * Whether this process is to lead.
     *
     * @param port at which it takes connections as long as it lives
     */
    public Election election(InstanceId me, int port) {
        var where = Optional.of(config.address())
                .filter(host -> !host.isEmpty())
                .map(host -> new Leader(me.value(), host, port));
        return new LeaseElection(vertx, client, worker, namespace, config.lease(), me, where);
    }

    /**
     * The nodes, for one reign.
     *
     * @param seatsPerNode that a node has before it was seen
     * @param policy one that remembers nothing yet
     */
    public FleetSource fleet(int seatsPerNode, ScalingPolicy policy, InstantSource clock) {
        var pods = new PodApi(client, worker, namespace, config.selector());
        var scaler = new DeploymentScaler(client, worker, namespace, config.deployment(), clock);
        return new KubernetesFleet(
                vertx,
                pods,
                worker,
                config.port(),
                clock,
                boot,
                metrics,
                fleet -> new Scaling(
                        fleet,
                        scaler,
                        new PodFigures(fleet, config.deployment(), seatsPerNode, boot, clock),
                        policy,
                        config,
                        clock,
                        metrics));
    }

    /** After the last reign. */
    public Future<Void> close() {
        return worker.<Void>executeBlocking(
                        () -> {
                            client.close();
                            return null;
                        },
                        false)
                .eventually(worker::close);
    }
}
