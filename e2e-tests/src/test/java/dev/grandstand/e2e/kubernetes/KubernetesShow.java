package dev.grandstand.e2e.kubernetes;

import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.SeatLedger;
import dev.grandstand.e2e.cluster.ServiceProcess;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.loadagent.LoadAgent;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Grandstand as in a cluster: the chart is installed at a real API server; two allocators, under the service account and with
 * the variables that it gives them, scale its media pods, and each of these is a real relay. Everything else is one process
 * of each service.
 */
public final class KubernetesShow implements AutoCloseable {

    private static final String NAMESPACE = "show";
    private static final int PATIENCE_SECONDS = 60;

    /** Longer than any test: whoever waits for it has been forgotten. */
    private static final long GRACE_SECONDS = 600;

    private final ApiServer server;
    private final Release release;
    private final Cluster cluster;
    private final TestKubelet kubelet;
    private final SeatLedger ledger;
    private final Vertx vertx = Vertx.vertx();
    private final EventLog log;
    private final LoadAgent agent = LoadAgent.on(vertx);
    private final HttpClient client = HttpClient.newHttpClient();

    private KubernetesShow(ApiServer server, Release release, Cluster cluster, int seats) throws Exception {
        this.server = server;
        this.release = release;
        this.cluster = cluster;
        this.kubelet = new TestKubelet(
                server.admin(), NAMESPACE, Release.MEDIA_LABELS, cluster.allocatorServices(), server.folder());
        this.ledger = new SeatLedger(seats);
        this.log = get(EventLog.open(vertx, new KafkaSettings(cluster.kafka(), 1, (short) 1)));
        get(ledger.follow(log));
    }

    /**
     * Blocks until the services are ready; nodes may take longer.
     *
     * @param name of the folders of logs
     * @param seats of each node
     * @param fewest nodes that the allocator keeps
     * @param most nodes that it asks for
     * @param more variables for the services
     */
    public static KubernetesShow start(String name, int seats, int fewest, int most, Map<String, String> more)
            throws Exception {
        var server = ApiServer.start(name);
        try {
            var release = Release.install(
                    server,
                    NAMESPACE,
                    Map.of(
                            "media.seatsPerNode", seats,
                            "media.nodes.min", fewest,
                            "media.nodes.max", most,
                            "media.nodes.boot", "5s",
                            "media.terminationGracePeriodSeconds", GRACE_SECONDS));
            var variables = new HashMap<>(release.allocatorVariables());
            variables.put("KUBECONFIG", release.allocatorConfig().toString());
            // Where each allocator's own pod would be.
            variables.put("GRANDSTAND_POD_IP", "127.0.0.1");
            variables.put("GRANDSTAND_EDGE_LINGER", "1s");
            // A dozen nodes start on the processors that everybody else needs: one that is slow is not lost.
            variables.put("GRANDSTAND_NODE_SILENCE", "20s");
            // One order of all events, whatever their room.
            variables.put("GRANDSTAND_TOPIC_PARTITIONS", "1");
            variables.put("GRANDSTAND_EVENT_LOOPS", "1");
            variables.putAll(more);
            var standard = ClusterPlan.standard();
            var plan = new ClusterPlan(
                    1, 1, 1, 2, 0, variables, standard.serviceJvm(), standard.relayJvm(), standard.brokerJvm());
            var cluster = Cluster.start(name, plan);
            try {
                return new KubernetesShow(server, release, cluster, seats);
            } catch (Exception e) {
                cluster.close();
                throw e;
            }
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    /** The control plane. */
    public ApiServer server() {
        return server;
    }

    /** The services. */
    public Cluster cluster() {
        return cluster;
    }

    /** Who starts media nodes. */
    public TestKubelet kubelet() {
        return kubelet;
    }

    /** Who sits where. */
    public SeatLedger ledger() {
        return ledger;
    }

    /** People without a browser. */
    public LoadAgent agent() {
        return agent;
    }

    /** For whoever has to wait a little. */
    Vertx vertx() {
        return vertx;
    }

    /** The Deployment of media pods. */
    public RollableScalableResource<Deployment> media() {
        return release.media();
    }

    /** Deletes a media pod as somebody with kubectl would: with the grace period that it has. */
    public void delete(MediaPod pod) {
        server.admin().pods().inNamespace(NAMESPACE).withName(pod.name()).delete();
    }

    /** The allocator that decides now. */
    public ServiceProcess leader() {
        return cluster.allocators().stream().filter(this::leads).findFirst().orElseThrow();
    }

    /** Whichever of the two allocators this is not. */
    public ServiceProcess other(ServiceProcess allocator) {
        return cluster.allocators().stream()
                .filter(one -> one != allocator)
                .findFirst()
                .orElseThrow();
    }

    /** Whether it is the one that decides: a standby shows no fleet. */
    public boolean leads(ServiceProcess allocator) {
        var address = cluster.allocatorServices()
                .get(cluster.allocators().indexOf(allocator))
                .resolve("/fleet");
        return ServiceProcess.answers(client, address).getAsBoolean();
    }

    /** Blocks. */
    public static <T> T get(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        client.close();
        agent.close();
        log.close();
        vertx.close();
        kubelet.close();
        cluster.close();
        server.close();
    }
}
