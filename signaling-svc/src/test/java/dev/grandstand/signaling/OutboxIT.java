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

/** What a client reads, of what it is told at once and of what may wait. */
class OutboxIT {

    private final Vertx vertx = Vertx.vertx();
    /** Kept: one that nobody refers to closes its connections when it is collected. */
    private final WebSocketClient clients = vertx.createWebSocketClient();

    private final Context loop = vertx.getOrCreateContext();
    private final Clockwork clock = new Clockwork();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Outbox> accepted = new CompletableFuture<>();
    private final LateNews news =
            new LateNews(clock, () -> accepted.getNow(null).hear());

    @BeforeEach
    void connect() throws Exception {
        var metrics = new SignalingMetrics(() -> 1);
        var listening = new CompletableFuture<Future<HttpServer>>();
        loop.runOnContext(now -> listening.complete(vertx.createHttpServer()
                .webSocketHandler(socket -> accepted.complete(new Outbox(new ClientSocket(socket, metrics))))
                .listen(0, "127.0.0.1")));
        int port = result(result(listening)).actualPort();
        WebSocket client = result(clients.connect(port, "127.0.0.1", "/"));
        client.textMessageHandler(read::add);
        result(accepted);
    }

    @AfterEach
    void close() throws Exception {
        result(vertx.close());
    }

    @Test
    void whatMayWaitLeavesTogetherWhenItsTimeHasCome() throws Exception {
        onLoop(outbox -> {
            join(outbox);
            news.add(left(1));
            news.add(left(2));
            news.add(left(3));
            clock.pass(LateNews.WITHIN);
        });

        awaitRead(ok(0), left(1), left(2), left(3));
    }

    @Test
    void whatDoesNotWaitTakesAlongWhatCameBefore() throws Exception {
        onLoop(outbox -> {
            join(outbox);
            news.add(left(1));
            news.add(left(2));
            outbox.send(ok(3));
            news.add(left(4));
            outbox.news(ok(5));
        });

        awaitRead(ok(0), left(1), left(2), ok(3), left(4), ok(5));
    }

    @Test
    void whatWasHeardIsNotSaidAgain() throws Exception {
        onLoop(outbox -> {
            join(outbox);
            news.add(left(1));
            outbox.send(ok(2));
            clock.pass(LateNews.WITHIN);
            news.add(left(3));
            clock.pass(LateNews.WITHIN);
            outbox.send(ok(4));
        });

        awaitRead(ok(0), left(1), ok(2), left(3), ok(4));
    }

    @Test
    void whoComesInHearsWhatHasHappenedSince() throws Exception {
        onLoop(outbox -> {
            news.add(left(1));
            outbox.enter(news);
            news.add(left(2));
            outbox.news(ok(3));
            news.add(left(4));
            outbox.send(ok(5));
            clock.pass(LateNews.WITHIN);
            news.add(left(6));
            outbox.joined(ok(7));
            outbox.send(ok(8));
        });

        awaitRead(ok(5), ok(7), left(2), ok(3), left(4), left(6), ok(8));
    }

    @Test
    void whoHasGoneHearsNothing() throws Exception {
        onLoop(outbox -> {
            join(outbox);
            news.add(left(1));
            outbox.forgetRoom();
            outbox.send(ok(2));
            clock.pass(LateNews.WITHIN);
            outbox.send(ok(3));
        });

        awaitRead(ok(0), ok(2), ok(3));
    }

    @Test
    void veryMuchDoesNotWait() throws Exception {
        var many = IntStream.range(0, 1_000).mapToObj(OutboxIT::left).toList();

        onLoop(outbox -> {
            join(outbox);
            many.forEach(news::add);
        });

        // Of 90 KB the last few at most still wait for others.
        await().until(() -> read.size() > 900);
        onLoop(outbox -> {
            clock.pass(LateNews.WITHIN);
            outbox.send(ok(2));
        });
        var all = new ArrayList<>(many);
        all.addFirst(ok(0));
        all.add(ok(2));
        awaitRead(all.toArray(Frame[]::new));
    }

    private void join(Outbox outbox) {
        outbox.enter(news);
        outbox.joined(ok(0));
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
    private void onLoop(Consumer<Outbox> action) throws Exception {
        var done = new CompletableFuture<Void>();
        var outbox = result(accepted);
        loop.runOnContext(now -> {
            try {
                action.accept(outbox);
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
