package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket. Its requests are carried out one after the other, in the order in which they came; while too many wait,
 * nothing more is read. What the client is too slow to take is bounded: beyond that its connection is dropped, and it can
 * take its session up again.
 */
final class Connection implements EventSink {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** A client waits for most of its answers; these are bursts of candidates. */
    private static final int MAX_WAITING = 64;

    private final ServerWebSocket socket;
    private final Dispatcher dispatcher;
    private final Sessions sessions;
    private final int maxOutboundBytes;
    private final Queue<JsonNode> waiting = new ArrayDeque<>();
    private @Nullable String sessionId;
    private int outboundBytes;
    private boolean busy;
    private boolean draining;
    private boolean open = true;

    Connection(ServerWebSocket socket, Dispatcher dispatcher, Sessions sessions, int maxOutboundBytes) {
        this.socket = socket;
        this.dispatcher = dispatcher;
        this.sessions = sessions;
        this.maxOutboundBytes = maxOutboundBytes;
    }

    /** @param whenClosed called once, when the socket is closed for whatever reason */
    void start(Runnable whenClosed) {
        socket.textMessageHandler(this::receive);
        socket.binaryMessageHandler(message -> receive(message.toString()));
        socket.exceptionHandler(this::failed);
        socket.closeHandler(closed -> {
            closed();
            whenClosed.run();
        });
    }

    Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** From now on this connection speaks for the session. */
    void bind(Session session) {
        if (!open) {
            return;
        }
        if (!session.id().equals(sessionId)) {
            leaveSession();
        }
        sessionId = session.id();
        session.bind(this);
    }

    @Override
    public void sessionTaken() {
        sessionId = null;
    }

    @Override
    public void send(String message) {
        if (!open) {
            return;
        }
        var size = message.length();
        if (outboundBytes + size > maxOutboundBytes) {
            log.atWarn().addKeyValue("waitingBytes", outboundBytes).log("client does not read, connection dropped");
            drop();
            return;
        }
        outboundBytes += size;
        socket.writeTextMessage(message).onComplete(written -> outboundBytes -= size);
    }

    /** The decoder knows the right status for a frame that it refuses, but cannot send it itself. */
    private void failed(Throwable failure) {
        log.atDebug().setCause(failure).log("connection failed");
        if (open && failure instanceof CorruptedWebSocketFrameException refused) {
            socket.close((short) refused.closeStatus().code());
        }
    }

    private void receive(String text) {
        if (!open) {
            return;
        }
        try {
            waiting.add(Wire.parse(text));
        } catch (JsonProcessingException e) {
            log.atDebug().setCause(e).log("message is no JSON, connection dropped");
            drop();
            return;
        }
        if (waiting.size() == MAX_WAITING) {
            socket.pause();
        }
        drain();
    }

    /** A loop and not a recursion: most answers are there at once. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (open && !busy && !waiting.isEmpty()) {
            busy = true;
            var message = waiting.remove();
            if (waiting.size() == MAX_WAITING / 2) {
                socket.resume();
            }
            dispatcher.answer(message, this).onComplete(this::answered);
        }
        draining = false;
    }

    private void answered(AsyncResult<String> answer) {
        busy = false;
        if (answer.succeeded()) {
            send(answer.result());
        } else {
            log.atError().setCause(answer.cause()).log("request without an answer, connection dropped");
            drop();
        }
        drain();
    }

    /** Closes the TCP connection without a closing handshake, as Kurento does with what it does not understand. */
    private void drop() {
        open = false;
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    private void closed() {
        open = false;
        waiting.clear();
        leaveSession();
    }

    private void leaveSession() {
        if (sessionId != null) {
            sessions.disconnected(sessionId, this);
            sessionId = null;
        }
    }

    /** Says goodbye because the node stops. */
    Future<Void> close() {
        return socket.close((short) 1001, "node stops");
    }
}
