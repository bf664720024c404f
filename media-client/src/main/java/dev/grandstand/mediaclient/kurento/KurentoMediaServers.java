package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLossWatchers;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Media nodes that speak the Kurento protocol: Kurento itself, and our relay. */
public final class KurentoMediaServers implements MediaServers {

    /** A node's longest message; the list of its pipelines, in the main. Bytes. */
    private static final int LONGEST_MESSAGE = 8 << 20;

    /** How long a node may take to say goodbye. */
    private static final int CLOSING_SECONDS = 1;

    private final VertxInternal vertx;
    private final WebSocketClient client;
    private final Duration silence;
    private final Map<NodeRef, KurentoNode> nodes = new ConcurrentHashMap<>();
    private final NodeLossWatchers watchers;

    /** @param vertx whose event loops carry the connections */
    public KurentoMediaServers(Vertx vertx) {
        this(vertx, SILENCE);
    }

    /**
     * @param vertx whose event loops carry the connections
     * @param silence a node that says nothing for so long is lost; a few pings of half a second at least
     */
    public KurentoMediaServers(Vertx vertx, Duration silence) {
        this.vertx = (VertxInternal) vertx;
        this.silence = silence;
        this.watchers = new NodeLossWatchers(vertx);
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(1024)
                .setClosingTimeout(CLOSING_SECONDS)
                .setMaxMessageSize(LONGEST_MESSAGE)
                .setMaxFrameSize(LONGEST_MESSAGE));
    }

    @Override
    public MediaServer on(NodeRef node) {
        return nodes.computeIfAbsent(node, fresh -> new KurentoNode(vertx, client, fresh, silence, watchers::tell));
    }

    @Override
    public Watch onNodeLost(Consumer<NodeRef> watcher) {
        return watchers.add(watcher);
    }

    @Override
    public Future<Void> close() {
        watchers.clear();
        var closing = nodes.values().stream().map(KurentoNode::close).toList();
        nodes.clear();
        return Future.join(closing).transform(closed -> client.close());
    }
}
