package dev.grandstand.allocator.kubernetes;

import dev.grandstand.protocol.NodeId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every change of a media pod, on one context. While the API server is away it says nothing, and afterwards what has
 * changed meanwhile. An informer that gave up for good is followed by another.
 */
final class PodWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);

    private final PodApi api;
    private final WorkerExecutor worker;
    private final Context context;
    private final Consumer<PodSeen> seen;
    private final Consumer<NodeId> deleted;
    private volatile @Nullable SharedIndexInformer<Pod> informer;
    private volatile boolean stopped;

    /**
     * @param seen a pod that is new or changed, on {@code context}
     * @param deleted a pod that is there no more, it is said
     */
    PodWatch(PodApi api, WorkerExecutor worker, Context context, Consumer<PodSeen> seen, Consumer<NodeId> deleted) {
        this.api = api;
        this.worker = worker;
        this.context = context;
        this.seen = seen;
        this.deleted = deleted;
    }

    /** Goes on until it is stopped. */
    void start() {
        var next = api.informer();
        informer = next;
        next.exceptionHandler((started, failure) -> {
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("pods are not watched for the moment");
            return !stopped;
        });
        next.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                tell(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                tell(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean finalStateUnknown) {
                var node = PodSeen.of(pod).node();
                hop(() -> deleted.accept(node));
            }
        });
        next.stopped()
                .whenComplete((ended, failure) -> hop(() -> {
                    LOG.atError().setCause(failure).log("the watch of the pods ended; another begins");
                    start();
                }));
        next.start();
    }

    private void tell(Pod pod) {
        var now = PodSeen.of(pod);
        hop(() -> seen.accept(now));
    }

    private void hop(Runnable what) {
        context.runOnContext(now -> {
            if (!stopped) {
                what.run();
            }
        });
    }

    /** Whether changes are heard of at this moment. */
    boolean isWatching() {
        var current = informer;
        return current != null && current.isWatching();
    }

    /** Whether the whole fleet has been heard of once. */
    boolean hasSynced() {
        var current = informer;
        return current != null && current.hasSynced();
    }

    /** Those that it knows of. */
    Set<NodeId> known() {
        var current = informer;
        return current == null
                ? Set.of()
                : current.getStore().list().stream()
                        .map(pod -> new NodeId(pod.getMetadata().getName()))
                        .collect(Collectors.toSet());
    }

    /** Says no more. */
    Future<Void> stop() {
        stopped = true;
        var current = informer;
        return current == null
                ? Future.succeededFuture()
                : worker.executeBlocking(
                        () -> {
                            current.stop();
                            return null;
                        },
                        false);
    }
}
