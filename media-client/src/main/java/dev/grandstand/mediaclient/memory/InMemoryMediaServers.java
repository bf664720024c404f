package dev.grandstand.mediaclient.memory;

import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLossWatchers;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps the contract of {@link MediaServers} without a node: any {@link NodeRef} is a node that answers, until a test lets
 * it die. Each endpoint finds one candidate, and tells it before the answer. Thread-safe.
 */
public final class InMemoryMediaServers implements MediaServers {

    private final Vertx vertx;
    private final Map<NodeRef, InMemoryNode> nodes = new ConcurrentHashMap<>();
    private final NodeLossWatchers watchers;

    /** @param vertx whose contexts callers are on */
    public InMemoryMediaServers(Vertx vertx) {
        this.vertx = vertx;
        this.watchers = new NodeLossWatchers(vertx);
    }

    @Override
    public MediaServer on(NodeRef node) {
        return node(node);
    }

    @Override
    public Watch onNodeLost(Consumer<NodeRef> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public Future<Void> close() {
        watchers.clear();
        return Future.succeededFuture();
    }

    /** The node loses all that it had, and answers nothing any more. */
    public void kill(NodeRef node) {
        node(node).die();
        watchers.tell(node);
    }

    /** How many want to know of lost nodes. */
    public int watches() {
        return watchers.count();
    }

    /** A node that was killed answers again; it is empty. */
    public void revive(NodeRef node) {
        node(node).live();
    }

    /** From now on the node has no room for any endpoint more. */
    public void fill(NodeRef node) {
        node(node).fill();
    }

    /** From now on the node does what it is asked for, but keeps its answers. */
    public void holdAnswers(NodeRef node) {
        node(node).holdAnswers();
    }

    /** How many answers the node keeps. */
    public int heldAnswers(NodeRef node) {
        return node(node).heldAnswers();
    }

    /** The node gives the oldest answers that it keeps, at most so many; it goes on keeping new ones. */
    public void giveAnswers(NodeRef node, int most) {
        node(node).giveAnswers(most);
    }

    /** Media begins or ceases to flow at an endpoint. */
    public void flow(String endpoint, MediaKind kind, boolean flowing) {
        nodes.values().forEach(node -> node.flow(endpoint, kind, flowing));
    }

    /** The browser's candidates that an endpoint was given, in their order. */
    public List<IceCandidate> candidatesOf(String endpoint) {
        return find(endpoint).map(InMemoryNode.Held::candidates).orElse(List.of());
    }

    /** Which endpoint a viewing endpoint is connected to. */
    public Optional<String> sourceOf(String endpoint) {
        return find(endpoint).flatMap(InMemoryNode.Held::source);
    }

    private Optional<InMemoryNode.Held> find(String endpoint) {
        return nodes.values().stream()
                .flatMap(node -> node.find(endpoint).stream())
                .findFirst();
    }

    private InMemoryNode node(NodeRef node) {
        return nodes.computeIfAbsent(node, fresh -> new InMemoryNode(vertx, fresh));
    }
}
