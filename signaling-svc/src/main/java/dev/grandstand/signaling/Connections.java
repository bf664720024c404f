package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's WebRTC connections, at most one for each stream. Candidates that come before a connection's endpoint
 * exists wait for it; an endpoint that comes after its connection was closed is released at once.
 */
final class Connections {

    /** More would be no browser's. */
    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_EARLY_CANDIDATES = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Map<StreamId, Connection> connections = new HashMap<>();
    private final Consumer<ServerMessage> client;
    private final Consumer<StreamId> lostWatcher;

    /**
     * @param client is told of the node's candidates
     * @param lostWatcher is told of connections whose endpoint is gone
     */
    Connections(Consumer<ServerMessage> client, Consumer<StreamId> lostWatcher) {
        this.client = client;
        this.lostWatcher = lostWatcher;
    }

    /**
     * Opens the connection for a stream, closing the one it had.
     *
     * @param negotiation makes the endpoint on the node
     */
    Future<Endpoint> open(
            StreamId stream,
            MediaServer node,
            BiFunction<MediaServer, EndpointListener, Future<Endpoint>> negotiation) {
        close(stream);
        if (connections.size() >= MAX_CONNECTIONS) {
            return Future.failedFuture(
                    new Refusal(ErrorCode.REFUSED, "a session has at most " + MAX_CONNECTIONS + " connections"));
        }
        var connection = new Connection(stream, node);
        connections.put(stream, connection);
        return negotiation.apply(node, connection).compose(connection::established, connection::failed);
    }

    Future<Void> addCandidate(StreamId stream, IceCandidate candidate) {
        var connection = connections.get(stream);
        return connection == null
                ? Future.failedFuture(new Refusal(ErrorCode.UNKNOWN_STREAM, "you have no connection for " + stream))
                : connection.addCandidate(candidate);
    }

    boolean has(StreamId stream) {
        return connections.containsKey(stream);
    }

    List<StreamId> streams() {
        return List.copyOf(connections.keySet());
    }

    void close(StreamId stream) {
        var connection = connections.remove(stream);
        if (connection != null) {
            connection.release();
        }
    }

    void closeAll() {
        streams().forEach(this::close);
    }

    private final class Connection implements EndpointListener {

        private final StreamId stream;
        private final MediaServer node;
        private final List<IceCandidate> early = new ArrayList<>();
        private @Nullable String endpoint;

        Connection(StreamId stream, MediaServer node) {
            this.stream = stream;
            this.node = node;
        }

        Future<Endpoint> established(Endpoint made) {
            endpoint = made.id();
            if (connections.get(stream) != this) {
                release();
                return Future.failedFuture(new Refusal(ErrorCode.REFUSED, "closed before it was open"));
            }
            early.forEach(candidate -> node.addCandidate(made.id(), candidate).onFailure(this::candidateFailed));
            early.clear();
            return Future.succeededFuture(made);
        }

        Future<Endpoint> failed(Throwable failure) {
            connections.remove(stream, this);
            return Future.failedFuture(failure);
        }

        Future<Void> addCandidate(IceCandidate candidate) {
            if (endpoint != null) {
                return node.addCandidate(endpoint, candidate);
            }
            if (early.size() >= MAX_EARLY_CANDIDATES) {
                return Future.failedFuture(new Refusal(ErrorCode.RATE_LIMITED, "too many candidates"));
            }
            early.add(candidate);
            return Future.succeededFuture();
        }

        void release() {
            if (endpoint != null) {
                var gone = endpoint;
                node.release(gone).onFailure(e -> LOG.atWarn()
                        .addKeyValue("node", node.node().id())
                        .addKeyValue("endpoint", gone)
                        .setCause(e)
                        .log("endpoint not released"));
            }
        }

        @Override
        public void candidate(IceCandidate candidate) {
            if (connections.get(stream) == this) {
                client.accept(new ServerMessage.Candidate(stream, candidate));
            }
        }

        @Override
        public void lost(String reason) {
            if (connections.remove(stream, this)) {
                LOG.atInfo()
                        .addKeyValue("stream", stream)
                        .addKeyValue("reason", reason)
                        .log("media lost");
                lostWatcher.accept(stream);
            }
        }

        private void candidateFailed(Throwable failure) {
            LOG.atWarn().addKeyValue("stream", stream).setCause(failure).log("candidate not handed on");
        }
    }
}
