package dev.grandstand.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Plays scheduler and kubelet for media pods: for each it starts a real media relay on a loopback address of the pod's own,
 * and reports the pod as running and ready. When a pod is deleted it does what the pod's {@code preStop} does, asks the
 * allocator whether the node is empty until it is or the grace period is over, ends the relay and removes the pod. Keeps
 * what a test wants to know in the end: which pods went while there was a show on them.
 */
public final class TestKubelet implements AutoCloseable {

    private static final int ADDRESSES = 254;

    /** A dozen at once would hold each other up, and all would be ready late instead of most of them soon. */
    private static final int STARTS_AT_ONCE = 2;

    private final KubernetesClient client;
    private final DrainCalls drains;
    private final Path logs;
    private final Map<String, MediaPod> pods = new ConcurrentHashMap<>();
    private final List<String> endedLive = new CopyOnWriteArrayList<>();
    private final Semaphore starts = new Semaphore(STARTS_AT_ONCE, true);
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger addresses = new AtomicInteger();
    private final String network;
    private final SharedIndexInformer<Pod> informer;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::abandonAll);
    private volatile Duration boot = Duration.ZERO;
    private volatile boolean closed;

    /**
     * Begins at once, with the pods that are there.
     *
     * @param client that may do what a kubelet may
     * @param labels of media pods
     * @param allocators base URIs of their HTTP ports; a Service would send a call to any of them
     * @param logs folder of the relays' logs
     */
    public TestKubelet(
            KubernetesClient client, String namespace, Map<String, String> labels, List<URI> allocators, Path logs) {
        this.client = client;
        this.drains = new DrainCalls(allocators);
        this.logs = logs;
        // Several tests may run on one machine, and a pod's port is fixed; so each takes another network of loopback.
        var random = ThreadLocalRandom.current();
        network = "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(1, 255));
        Runtime.getRuntime().addShutdownHook(atExit);
        informer = client.pods().inNamespace(namespace).withLabels(labels).inform(new Handler());
    }

    /** From now on pods take so long until their relay is started. */
    public void bootingFor(Duration time) {
        boot = time;
    }

    /** The next pods are scheduled, and never become ready. */
    public void holdNext(int count) {
        held.set(count);
    }

    /** Those that have not been removed. */
    public Collection<MediaPod> pods() {
        return List.copyOf(pods.values());
    }

    /** How many serve, and are not on their way out. */
    public int readyPods() {
        return (int) pods.values().stream()
                .filter(pod -> pod.ready().isPresent() && !pod.isTerminating())
                .count();
    }

    /** The one with this name, unless it has been removed. */
    public Optional<MediaPod> pod(String name) {
        return pods.values().stream().filter(pod -> pod.name().equals(name)).findAny();
    }

    /** Pods that had a pipeline when their relay was ended: each is a show that was cut off. */
    public List<String> endedLive() {
        return List.copyOf(endedLive);
    }

    KubernetesClient client() {
        return client;
    }

    DrainCalls drains() {
        return drains;
    }

    Path logs() {
        return logs;
    }

    Duration boot() {
        return boot;
    }

    /**
     * Starts a relay when it is its turn.
     *
     * @param start returns whether it has started
     */
    boolean inTurn(BooleanSupplier start) throws InterruptedException {
        starts.acquire();
        try {
            return start.getAsBoolean();
        } finally {
            starts.release();
        }
    }

    void noteEndedLive(String pod) {
        endedLive.add(pod);
    }

    /** Ends all relays; the pods stay as they are. */
    @Override
    public void close() {
        informer.close();
        drains.close();
        abandonAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** With this JVM at the latest: relays do not end by themselves. */
    private void abandonAll() {
        closed = true;
        pods.values().forEach(MediaPod::abandon);
    }

    private MediaPod begin(Pod pod) {
        var number = addresses.getAndIncrement();
        if (number >= ADDRESSES) {
            throw new IllegalStateException("a test has at most " + ADDRESSES + " pods");
        }
        var mayBeReady = held.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
        var begun = new MediaPod(this, pod, network + (number + 1), mayBeReady);
        Thread.ofVirtual().name(begun.name()).start(begun::live);
        return begun;
    }

    private final class Handler implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            if (closed) {
                return;
            }
            pods.computeIfAbsent(pod.getMetadata().getUid(), uid -> begin(pod)).changed(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            onAdd(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean isStale) {
            var gone = pods.remove(pod.getMetadata().getUid());
            if (gone != null) {
                gone.abandon();
            }
        }
    }
}
