package dev.grandstand.mediaclient;

import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to know of lost nodes, each told on the context that it came from. Thread-safe. */
public final class NodeLossWatchers {

    private final Vertx vertx;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    private record Watcher(Context context, Consumer<NodeRef> call) {}

    /** @param vertx whose contexts they come from */
    public NodeLossWatchers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** As {@link MediaServers#onNodeLost}. */
    public MediaServers.Watch add(Consumer<NodeRef> call) {
        var watcher = new Watcher(vertx.getOrCreateContext(), call);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Everybody is told of the loss, but for those who have ended their watch by then. */
    public void tell(NodeRef node) {
        watchers.forEach(watcher -> watcher.context().runOnContext(hop -> {
            if (watchers.contains(watcher)) {
                watcher.call().accept(node);
            }
        }));
    }

    /** How many they are. */
    public int count() {
        return watchers.size();
    }

    /** Ends every watch. */
    public void clear() {
        watchers.clear();
    }
}
