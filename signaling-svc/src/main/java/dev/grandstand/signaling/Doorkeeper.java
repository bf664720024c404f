package dev.grandstand.signaling;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may come in: decided before a socket exists where that can be (origin, path), and else by an error on the socket,
 * because a browser's page never sees the status of a refused handshake. Thread-safe; one for a process.
 */
final class Doorkeeper {

    static final String SOCKET_PATH = "/ws";

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final SignalingLimits limits;
    private final Origins origins;
    private final AddressLimits connections;
    private final AddressLimits joins;
    private final AtomicInteger sessions = new AtomicInteger();
    private final SignalingMetrics metrics = new SignalingMetrics(sessions::get);
    private volatile boolean shut;

    Doorkeeper(SignalingLimits limits) {
        this.limits = limits;
        this.origins = new Origins(limits.origins());
        this.connections = new AddressLimits(limits.connectionsPerAddress(), System::nanoTime);
        this.joins = new AddressLimits(limits.joinsPerAddress(), System::nanoTime);
    }

    void handshake(ServerWebSocketHandshake handshake) {
        if (!handshake.path().equals(SOCKET_PATH)) {
            handshake.reject(NOT_FOUND);
        } else if (!origins.permits(handshake)) {
            handshake.reject(FORBIDDEN);
        } else if (shut) {
            handshake.reject(SERVICE_UNAVAILABLE);
        } else {
            handshake.accept();
        }
    }

    /** Nobody else comes in; whoever tries is sent to another instance by what stands in front. */
    void shut() {
        shut = true;
    }

    boolean isOpen() {
        return !shut;
    }

    SignalingMetrics metrics() {
        return metrics;
    }

    /** Counts the socket in; {@link #left} has to follow, whatever the answer. */
    Optional<Refusal> entered(String address) {
        if (sessions.incrementAndGet() > limits.maxSessions()) {
            return Optional.of(new Refusal(ErrorCode.BUSY, "this server is full, please try again in a moment"));
        }
        return connections.take(address)
                ? Optional.empty()
                : Optional.of(new Refusal(ErrorCode.RATE_LIMITED, "too many connections from your address"));
    }

    void left() {
        sessions.decrementAndGet();
    }

    boolean mayJoin(String address) {
        return joins.take(address);
    }

    /** Whose connection it is: the peer, or whom the proxy in front names last; what stands before is the client's word. */
    String addressOf(ServerWebSocket socket) {
        var forwarded = limits.forwarded() ? socket.headers().get("X-Forwarded-For") : null;
        return forwarded == null
                ? String.valueOf(socket.remoteAddress().hostAddress())
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    SessionGate gateFor(ServerWebSocket socket) {
        var followed = Optional.ofNullable(socket.headers().get(Trace.HEADER)).flatMap(Trace::parse);
        return new SessionGate(
                this,
                addressOf(socket),
                followed.orElse(Trace.NONE),
                limits.messagesPerSession(),
                limits.bytesPerSession());
    }
}
