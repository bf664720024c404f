package dev.grandstand.allocator.kubernetes;

import dev.grandstand.protocol.NodeId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Optional;

/**
 * The media pods at the API server. What is read here is what the server has now, unlike an informer's first list, which may
 * come from a cache. No call takes longer than the client's time limit; each completes on the caller's context.
 */
final class PodApi {

    private final KubernetesClient client;
    private final WorkerExecutor worker;
    private final String namespace;
    private final String selector;

    PodApi(KubernetesClient client, WorkerExecutor worker, String namespace, String selector) {
        this.client = client;
        this.worker = worker;
        this.namespace = namespace;
        this.selector = selector;
    }

    /** All that the selector finds. */
    Future<List<PodSeen>> list() {
        return worker.executeBlocking(
                () -> client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                        .map(PodSeen::of)
                        .toList(),
                false);
    }

    /** Empty if there is no such pod. */
    Future<Optional<PodSeen>> get(NodeId node) {
        return worker.executeBlocking(
                () -> Optional.ofNullable(client.pods()
                                .inNamespace(namespace)
                                .withName(node.value())
                                .get())
                        .map(PodSeen::of),
                false);
    }

    /** The pod with these marks. */
    Future<PodSeen> mark(NodeId node, Marks marks) {
        return worker.executeBlocking(
                () -> PodSeen.of(client.pods()
                        .inNamespace(namespace)
                        .withName(node.value())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), marks.patch())),
                false);
    }

    /** Not started yet. */
    SharedIndexInformer<Pod> informer() {
        return client.pods().inNamespace(namespace).withLabelSelector(selector).runnableInformer(0);
    }
}
