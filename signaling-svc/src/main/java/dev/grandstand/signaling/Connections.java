package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's WebRTC connections, at most one for each stream. Candidates that come before a connection's endpoint
 * exists wait for it; an endpoint that comes after its connection was closed is released at once. One that has to move to
 * another node goes on beside the one in its place. Long, because a connection changes what they all are.
 */
final class Connections {

    /** More would be no browser's. */
    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_EARLY_CANDIDATES = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** What is gone. */
    enum Loss {
        /** One endpoint; others on its node live on, and perhaps those that it fed. */
        ENDPOINT,
        /** The node, with all that was on it. */
        NODE
    }

    private final Map<StreamId, Connection> connections = new HashMap<>();
    /** Those that go on until the ones in their place carry the stream. */
    private final Map<StreamId, Connection> former = new HashMap<>();

    private final Consumer<ServerMessage> client;
    private final BiConsumer<StreamId, Loss> lostWatcher;
    private final Consumer<StreamId> silent;
    private final Runnable changed;

    /**
     * @param client is told of the node's candidates
     * @param lostWatcher is told of connections whose endpoint is gone, and with what
     * @param silent is told of connections over which nothing flows any more
     * @param changed is told after each change of {@link #held}
     */
    Connections(
            Consumer<ServerMessage> client,
            BiConsumer<StreamId, Loss> lostWatcher,
            Consumer<StreamId> silent,
            Runnable changed) {
        this.client = client;
        this.lostWatcher = lostWatcher;
        this.silent = silent;
        this.changed = changed;
    }

    /**
     * Opens the connection for a stream, closing the one it had, unless that has to move: then it goes on until {@link
     * #settle}. From now on the new one takes candidates.
     *
     * @param negotiation finds a node and makes the endpoint there
     */
    Future<Negotiated> open(StreamId stream, Function<EndpointListener, Future<Negotiated>> negotiation) {
        stepAside(stream);
        if (connections.size() >= MAX_CONNECTIONS) {
            return Future.failedFuture(
                    new Refusal(ErrorCode.REFUSED, "a session has at most " + MAX_CONNECTIONS + " connections"));
        }
        var connection = new Connection(stream);
        connections.put(stream, connection);
        return negotiation.apply(connection).compose(connection::established, connection::failed);
    }

    /** Takes a connection over as it is; fails if its endpoint is gone. */
    Future<Void> adopt(StreamId stream, Placed placed, Direction direction) {
        var connection = new Connection(stream);
        connection.placed = placed;
        // Only changes are told; until one is, all may flow.
        connection.flowing.addAll(EnumSet.allOf(MediaKind.class));
        connections.put(stream, connection);
        return placed.adopt(direction, connection).onFailure(gone -> connections.remove(stream, connection));
    }

    private void stepAside(StreamId stream) {
        var before = connections.get(stream);
        if (before != null && before.leaving && before.placed != null) {
            connections.remove(stream);
            settle(stream);
            former.put(stream, before);
        } else if (former.containsKey(stream)) {
            closeLatest(stream);
        } else {
            close(stream);
        }
    }

    /** Whether a stream's connection has to move, or another one beside it is taking its place. */
    boolean isMoving(StreamId stream) {
        var connection = connections.get(stream);
        return former.containsKey(stream) || (connection != null && connection.leaving);
    }

    /** What feeds the viewers of a stream on its node is another endpoint now. */
    void sourceMoved(StreamId stream, String source) {
        var connection = connections.get(stream);
        var placed = connection == null ? null : connection.placed;
        if (connection != null && placed != null && placed.source() != null) {
            connection.placed = placed.fedBy(source);
            changed.run();
        }
    }

    /** The streams whose established connections are elsewhere than on this node: they have to move there. */
    List<StreamId> leaveAllBut(NodeRef node) {
        return connections.values().stream()
                .filter(connection -> connection.placed != null
                        && !connection.placed.node().node().equals(node))
                .map(connection -> {
                    connection.leaving = true;
                    return connection.stream;
                })
                .toList();
    }

    /** Whether anything still has to move, or to end because it has moved. */
    boolean isMoving() {
        return !former.isEmpty() || connections.values().stream().anyMatch(connection -> connection.leaving);
    }

    /** The connection that had to move has been replaced: it ends. */
    void settle(StreamId stream) {
        var moved = former.remove(stream);
        if (moved != null) {
            moved.release();
        }
    }

    /** There was time enough: all that had to move ends. Returns the streams that nothing replaces. */
    List<StreamId> endMoves() {
        List.copyOf(former.keySet()).forEach(this::settle);
        var late = connections.values().stream()
                .filter(connection -> connection.leaving)
                .map(connection -> connection.stream)
                .toList();
        late.forEach(this::close);
        return late;
    }

    /** Whoever adopts them has them from now on. */
    void disownAll() {
        List.copyOf(former.keySet()).forEach(this::settle);
        connections.values().forEach(Connection::disown);
        connections.clear();
    }

    /** The connections that are established. */
    List<ResumeToken.Held> held() {
        return connections.values().stream()
                .flatMap(connection -> connection.held().stream())
                .toList();
    }

    Future<Void> addCandidate(StreamId stream, IceCandidate candidate) {
        var connection = connections.get(stream);
        return connection == null
                ? Refusal.future(ErrorCode.UNKNOWN_STREAM, "you have no connection for " + stream)
                : connection.addCandidate(candidate);
    }

    /** An established connection's endpoint. */
    Optional<MediaLocation> locationOf(StreamId stream) {
        return find(stream).map(Placed::location);
    }

    /** An established connection. */
    Optional<Placed> find(StreamId stream) {
        return Optional.ofNullable(connections.get(stream)).map(connection -> connection.placed);
    }

    /** An offer with new ICE credentials for an established connection; the future holds the answer. */
    Future<String> restartIce(StreamId stream, String offer) {
        var connection = connections.get(stream);
        return connection == null || connection.placed == null
                ? Refusal.future(ErrorCode.UNKNOWN_STREAM, "you have no connection for " + stream)
                : connection.placed.restartIce(offer);
    }

    /** Whether an established connection carries nothing, as far as the node has told. */
    boolean isSilent(StreamId stream) {
        var connection = connections.get(stream);
        return connection != null && connection.flowing.isEmpty();
    }

    /** The picture of an established connection is seen: whether that is news. */
    boolean shown(StreamId stream) {
        var connection = connections.get(stream);
        if (connection == null || connection.placed == null || connection.shown) {
            return false;
        }
        connection.shown = true;
        return true;
    }

    boolean has(StreamId stream) {
        return connections.containsKey(stream);
    }

    List<StreamId> streams() {
        return List.copyOf(connections.keySet());
    }

    /** The established connections to a node. */
    List<StreamId> streamsOn(NodeRef node) {
        return connections.values().stream()
                .filter(connection -> connection.placed != null
                        && connection.placed.node().node().equals(node))
                .map(connection -> connection.stream)
                .toList();
    }

    void close(StreamId stream) {
        settle(stream);
        closeLatest(stream);
    }

    private void closeLatest(StreamId stream) {
        var connection = connections.remove(stream);
        if (connection != null) {
            connection.release();
            changed.run();
        }
    }

    void closeAll() {
        streams().forEach(this::close);
    }

    private final class Connection implements EndpointListener {

        private final StreamId stream;
        private final List<IceCandidate> early = new ArrayList<>();
        private final Set<MediaKind> flowing = EnumSet.noneOf(MediaKind.class);
        private @Nullable Placed placed;
        private boolean leaving;
        private boolean shown;

        Connection(StreamId stream) {
            this.stream = stream;
        }

        Future<Negotiated> established(Negotiated negotiated) {
            var made = negotiated.placed();
            placed = made;
            if (connections.get(stream) != this) {
                release();
                return Refusal.future(ErrorCode.REFUSED, "closed before it was open");
            }
            early.forEach(candidate -> made.addCandidate(candidate).onFailure(this::candidateFailed));
            early.clear();
            changed.run();
            return Future.succeededFuture(negotiated);
        }

        Future<Negotiated> failed(Throwable failure) {
            if (connections.remove(stream, this) && former.containsKey(stream)) {
                connections.put(stream, former.remove(stream));
            }
            return Future.failedFuture(failure);
        }

        Future<Void> addCandidate(IceCandidate candidate) {
            if (placed != null) {
                return placed.addCandidate(candidate);
            }
            if (early.size() >= MAX_EARLY_CANDIDATES) {
                return Refusal.future(ErrorCode.RATE_LIMITED, "too many candidates");
            }
            early.add(candidate);
            return Future.succeededFuture();
        }

        void release() {
            var gone = placed;
            if (gone != null) {
                gone.release().onFailure(e -> LOG.atWarn()
                        .addKeyValue("node", gone.node().node().id())
                        .addKeyValue("endpoint", gone.endpoint())
                        .setCause(e)
                        .log("endpoint not released"));
            }
        }

        void disown() {
            if (placed != null) {
                placed.disown(this);
            }
        }

        Optional<ResumeToken.Held> held() {
            return Optional.ofNullable(placed)
                    .map(here -> new ResumeToken.Held(stream, here.location(), here.source()));
        }

        @Override
        public void candidate(IceCandidate candidate) {
            if (connections.get(stream) == this) {
                client.accept(new ServerMessage.Candidate(stream, candidate));
            }
        }

        @Override
        public void flowing(MediaKind kind, boolean flows) {
            if (flows) {
                flowing.add(kind);
            } else if (flowing.remove(kind) && flowing.isEmpty() && connections.get(stream) == this) {
                silent.accept(stream);
            }
        }

        @Override
        public void lost(String reason) {
            lost(Loss.ENDPOINT, reason);
        }

        @Override
        public void nodeLost(String reason) {
            lost(Loss.NODE, reason);
        }

        private void lost(Loss loss, String reason) {
            if (former.remove(stream, this)) {
                return;
            }
            if (connections.remove(stream, this)) {
                settle(stream);
                LOG.atInfo()
                        .addKeyValue("stream", stream)
                        .addKeyValue("reason", reason)
                        .log("media lost");
                lostWatcher.accept(stream, loss);
                changed.run();
            }
        }

        private void candidateFailed(Throwable failure) {
            LOG.atWarn().addKeyValue("stream", stream).setCause(failure).log("candidate not handed on");
        }
    }
}
