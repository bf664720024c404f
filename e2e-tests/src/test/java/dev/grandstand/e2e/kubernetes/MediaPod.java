package dev.grandstand.e2e.kubernetes;

import dev.grandstand.e2e.cluster.MediaNodeView;
import dev.grandstand.e2e.cluster.ServiceProcess;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.jspecify.annotations.Nullable;

/** One media pod and its relay. It lives on a thread of its own, from being scheduled to being removed. */
public final class MediaPod {

    private static final int PORT = 8888;
    private static final String NODE = "test-node";
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(200);

    /** Small and soon started: there may be a dozen of them. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xss512k",
            "-Xmx96m",
            "--enable-native-access=ALL-UNNAMED");

    /** On a cluster, a dozen pods that start take nothing from the services: they have other processors. */
    private static final int NICENESS = 10;

    private final TestKubelet kubelet;
    private final String namespace;
    private final String name;
    private final String address;
    private final boolean mayBeReady;
    private final ServiceProcess relay;
    private final CountDownLatch deleted = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private volatile Pod latest;
    private volatile @Nullable Instant ready;

    MediaPod(TestKubelet kubelet, Pod pod, String address, boolean mayBeReady) {
        this.kubelet = kubelet;
        this.namespace = pod.getMetadata().getNamespace();
        this.name = pod.getMetadata().getName();
        this.address = address;
        this.mayBeReady = mayBeReady;
        this.latest = pod;
        var host = host(address);
        this.relay = ServiceProcess.ofModule(
                "media-relay",
                name,
                JVM,
                variables(pod),
                kubelet.logs().resolve(name + ".log"),
                ServiceProcess.accepts(host, PORT));
    }

    private static InetAddress host(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " is an address", e);
        }
    }

    /** What the pod's template says in plain words, but for where the relay listens. */
    private Map<String, String> variables(Pod pod) {
        var variables = new HashMap<String, String>();
        for (EnvVar variable : pod.getSpec().getContainers().getFirst().getEnv()) {
            if (variable.getValue() != null) {
                variables.put(variable.getName(), variable.getValue());
            }
        }
        variables.put("GRANDSTAND_RELAY_HOST", address);
        variables.put("GRANDSTAND_RELAY_PORT", String.valueOf(PORT));
        // Media goes over the machine's own addresses, which all pods of a test share.
        variables.put("GRANDSTAND_RELAY_UDP_PORT", "0");
        variables.put("GRANDSTAND_INSTANCE", name);
        return variables;
    }

    public String name() {
        return name;
    }

    /** Its Kurento protocol. */
    public URI uri() {
        return URI.create("ws://" + address + ":" + PORT + "/kurento");
    }

    /** As the API server last showed it. */
    public Pod latest() {
        return latest;
    }

    /** When it was reported as ready, if it was. */
    public Optional<Instant> ready() {
        return Optional.ofNullable(ready);
    }

    /** Whether it is being deleted. */
    public boolean isTerminating() {
        return deleted.getCount() == 0;
    }

    /** Whether somebody has a pipeline on its relay, which may be too busy to say so at once. */
    private boolean isLive() throws InterruptedException {
        while (relay.isAlive() && !isAbandonedWithin(Duration.ZERO)) {
            try (var view = new MediaNodeView(uri())) {
                return !view.pipelines().isEmpty();
            } catch (CompletionException noAnswer) {
                isAbandonedWithin(BETWEEN_CALLS);
            }
        }
        return false;
    }

    /** The API server shows it thus. */
    void changed(Pod pod) {
        latest = pod;
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            deleted.countDown();
        }
    }

    /** It is gone, or nobody looks after it any more. */
    void abandon() {
        abandoned.countDown();
        deleted.countDown();
        relay.close();
    }

    void live() {
        try {
            schedule();
            if (!isDeletedWithin(kubelet.boot()) && mayBeReady) {
                serve();
            }
            deleted.await();
            awaitEmpty();
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a node a pod would go the moment that it is deleted. */
    private void schedule() throws InterruptedException {
        retry(() -> {
            if (latest.getSpec().getNodeName() == null) {
                kubelet.client()
                        .bindings()
                        .inNamespace(namespace)
                        .resource(new BindingBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withNewTarget()
                                .withKind("Node")
                                .withName(NODE)
                                .endTarget()
                                .build())
                        .create();
            }
        });
    }

    private void serve() throws InterruptedException {
        // As a kubelet does, for as long as the pod is wanted: what does not come up is started again.
        while (!kubelet.inTurn(this::comesUp)) {
            if (isTerminating()) {
                return;
            }
        }
        retry(() ->
                kubelet.client().pods().inNamespace(namespace).withName(name).editStatus(pod -> running(pod)));
        ready = Instant.now();
    }

    private boolean comesUp() {
        if (isTerminating()) {
            return false;
        }
        try {
            relay.startNicely(NICENESS).awaitReady();
            return true;
        } catch (ConditionTimeoutException | TerminalFailureException notUp) {
            System.out.println("kubelet: " + notUp.getMessage());
            relay.close();
            return false;
        }
    }

    private Pod running(Pod pod) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new PodBuilder(pod)
                .editOrNewStatus()
                .withPhase("Running")
                .withHostIP("127.0.0.1")
                .withPodIP(address)
                .withStartTime(now)
                .withContainerStatuses(containers(pod, now))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .addNewCondition()
                .withType("ContainersReady")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build();
    }

    private static List<ContainerStatus> containers(Pod pod, String now) {
        return pod.getSpec().getContainers().stream()
                .map(container -> new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withImageID("")
                        .withReady(true)
                        .withStarted(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewRunning()
                        .withStartedAt(now)
                        .endRunning()
                        .endState()
                        .build())
                .toList();
    }

    /** The pod's preStop, and the grace period that limits it. */
    private void awaitEmpty() throws InterruptedException {
        while (relay.isAlive() && !isAbandonedWithin(BETWEEN_CALLS) && graceLeft()) {
            if (kubelet.drains().isEmpty(name)) {
                return;
            }
        }
    }

    /** A deletion's time stamp is when the grace period ends. */
    private boolean graceLeft() {
        var end = latest.getMetadata().getDeletionTimestamp();
        return end == null || Instant.now().isBefore(Instant.parse(end));
    }

    private void end() throws InterruptedException {
        if (isAbandonedWithin(Duration.ZERO)) {
            // Or it would be left over from a start at the very same time.
            relay.close();
            return;
        }
        if (isLive()) {
            kubelet.noteEndedLive(name);
        }
        relay.close();
        retry(() -> kubelet.client()
                .pods()
                .inNamespace(namespace)
                .withName(name)
                .withGracePeriod(0)
                .delete());
    }

    private boolean isDeletedWithin(Duration time) throws InterruptedException {
        return deleted.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isAbandonedWithin(Duration time) throws InterruptedException {
        return abandoned.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Until the API server has taken it, or the pod is gone. */
    private void retry(Runnable call) throws InterruptedException {
        do {
            try {
                call.run();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return;
                }
            }
        } while (!isAbandonedWithin(BETWEEN_CALLS));
    }
}
