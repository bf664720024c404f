package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client reads, of what it is sent at once and of what may wait. */
class ClientSocketIT {

    private final Vertx vertx = Vertx.vertx();
    /** Kept: one that nobody refers to closes its connections when it is collected. */
    private final WebSocketClient clients = vertx.createWebSocketClient();

    private final Context loop = vertx.getOrCreateContext();
    private final Clockwork clock = new Clockwork();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ClientSocket> accepted = new CompletableFuture<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();

    @BeforeEach
    void connect() throws Exception {
        var late = new LateFlush(clock);
        var listening = new CompletableFuture<Future<HttpServer>>();
        loop.runOnContext(now -> listening.complete(vertx.createHttpServer()
                .webSocketHandler(
                        socket -> accepted.complete(new ClientSocket(socket, late, new SignalingMetrics(() -> 1))))
                .listen(0, "127.0.0.1")));
        int port = result(result(listening)).actualPort();
        WebSocket client = result(clients.connect(port, "127.0.0.1", "/"));
        client.textMessageHandler(read::add).closeHandler(gone -> closed.complete(client.closeStatusCode()));
        result(accepted);
    }

    @AfterEach
    void close() throws Exception {
        result(vertx.close());
    }

    @Test
    void whatMayWaitLeavesTogetherWhenItsTimeHasCome() throws Exception {
        onLoop(socket -> {
            socket.send(left(1));
            socket.send(left(2));
            socket.send(left(3));
            clock.pass(LateFlush.WITHIN);
        });

        awaitRead(left(1), left(2), left(3));
    }

    @Test
    void whatDoesNotWaitTakesAlongWhatCameBefore() throws Exception {
        onLoop(socket -> {
            socket.send(left(1));
            socket.send(left(2));
            socket.send(ok(3));
            socket.send(left(4));
            socket.send(ok(5));
        });

        awaitRead(left(1), left(2), ok(3), left(4), ok(5));
    }

    @Test
    void whatHasLeftIsNotSaidAgain() throws Exception {
        onLoop(socket -> {
            socket.send(left(1));
            socket.send(ok(2));
            clock.pass(LateFlush.WITHIN);
            socket.send(left(3));
            clock.pass(LateFlush.WITHIN);
            socket.send(ok(4));
        });

        awaitRead(left(1), ok(2), left(3), ok(4));
    }

    @Test
    void veryMuchDoesNotWait() throws Exception {
        var many = IntStream.range(0, 1_000).mapToObj(ClientSocketIT::left).toList();

        onLoop(socket -> many.forEach(socket::send));

        // Of 90 KB the last few at most still wait for others.
        await().until(() -> read.size() > 800);
        onLoop(socket -> clock.pass(LateFlush.WITHIN));
        awaitRead(many.toArray(Frame[]::new));
    }

    @Test
    void whoIsPutOutReadsWhatCameBefore() throws Exception {
        onLoop(socket -> {
            socket.send(left(1));
            socket.close(ClientSocket.SERVICE_RESTART, "moving");
            clock.pass(LateFlush.WITHIN);
        });

        assertThat(result(closed)).isEqualTo(ClientSocket.SERVICE_RESTART);
        awaitRead(left(1));
    }

    private static Frame left(int who) {
        return Frame.of(new ServerMessage.ParticipantLeft(new ParticipantId("p" + who), LeaveReason.LEFT, 1));
    }

    private static Frame ok(long request) {
        return Frame.of(new ServerMessage.Ok(request));
    }

    private void awaitRead(Frame... frames) {
        var expected = new ArrayList<String>();
        for (var frame : frames) {
            expected.add(frame.text());
        }
        await().untilAsserted(() -> assertThat(read).isEqualTo(expected));
    }

    /** As all that is done with a socket. */
    private void onLoop(Consumer<ClientSocket> action) throws Exception {
        var done = new CompletableFuture<Void>();
        var socket = result(accepted);
        loop.runOnContext(now -> {
            try {
                action.accept(socket);
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        result(done);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return result(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T result(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
