package dev.grandstand.signaling;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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
     * Opens the connection for a stream, closing the one it had. From now on it takes candidates.
     *
     * @param negotiation finds a node and makes the endpoint there
     */
    Future<Placed> open(StreamId stream, Function<EndpointListener, Future<Placed>> negotiation) {
        close(stream);
        if (connections.size() >= MAX_CONNECTIONS) {
            return Future.failedFuture(
                    new Refusal(ErrorCode.REFUSED, "a session has at most " + MAX_CONNECTIONS + " connections"));
        }
        var connection = new Connection(stream);
        connections.put(stream, connection);
        return negotiation.apply(connection).compose(connection::established, connection::failed);
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
        private final List<IceCandidate> early = new ArrayList<>();
        private @Nullable Placed placed;

        Connection(StreamId stream) {
            this.stream = stream;
        }

        Future<Placed> established(Placed made) {
            placed = made;
            if (connections.get(stream) != this) {
                release();
                return Future.failedFuture(new Refusal(ErrorCode.REFUSED, "closed before it was open"));
            }
            early.forEach(candidate -> made.addCandidate(candidate).onFailure(this::candidateFailed));
            early.clear();
            return Future.succeededFuture(made);
        }

        Future<Placed> failed(Throwable failure) {
            connections.remove(stream, this);
            return Future.failedFuture(failure);
        }

        Future<Void> addCandidate(IceCandidate candidate) {
            if (placed != null) {
                return placed.addCandidate(candidate);
            }
            if (early.size() >= MAX_EARLY_CANDIDATES) {
                return Future.failedFuture(new Refusal(ErrorCode.RATE_LIMITED, "too many candidates"));
            }
            early.add(candidate);
            return Future.succeededFuture();
        }

        void release() {
            var gone = placed;
            if (gone != null) {
                gone.release().onFailure(e -> LOG.atWarn()
                        .addKeyValue("node", gone.node().node().id())
                        .addKeyValue("endpoint", gone.endpoint().id())
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
