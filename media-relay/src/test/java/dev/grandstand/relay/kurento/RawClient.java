package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket on which a test says what it likes. */
final class RawClient implements AutoCloseable {

    private static final int SECONDS = 10;

    private final WebSocket socket;
    private final BlockingQueue<JsonNode> responses = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private RawClient(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(this::receive);
        socket.exceptionHandler(failure -> {});
        socket.closeHandler(done -> closed.complete(statusOf(socket.closeStatusCode())));
    }

    static RawClient open(Vertx vertx, int port, String path) throws Exception {
        var client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(1 << 24).setMaxMessageSize(1 << 24));
        var options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        var opened = new CompletableFuture<RawClient>();
        // The handlers must be there before the first frame is read, so before leaving the event loop.
        client.connect(options)
                .onComplete(socket -> opened.complete(new RawClient(socket)), opened::completeExceptionally);
        return opened.get(SECONDS, TimeUnit.SECONDS);
    }

    private static int statusOf(Short status) {
        return status == null ? 1006 : status;
    }

    private void receive(String text) {
        try {
            var message = Wire.parse(text);
            if (message.has("method")) {
                events.add(message);
            } else {
                responses.add(message);
            }
        } catch (java.io.IOException e) {
            closed.completeExceptionally(e);
        }
    }

    void send(String text) throws Exception {
        socket.writeTextMessage(text).toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    /** Sends and does not care whether it arrives. */
    void tell(String text) {
        socket.writeTextMessage(text);
    }

    JsonNode ask(String text) throws Exception {
        send(text);
        return response();
    }

    JsonNode response() throws InterruptedException {
        var response = responses.poll(SECONDS, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError("no response within " + SECONDS + " s");
        }
        return response;
    }

    /** The result of a request made of a method and parameters. */
    JsonNode call(int id, String method, String params) throws Exception {
        var response =
                ask("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        if (response.path("id").asInt() != id) {
            throw new AssertionError("answer to another request: " + response);
        }
        return response;
    }

    List<JsonNode> events() {
        return events;
    }

    List<JsonNode> events(Predicate<JsonNode> wanted) {
        return events.stream().map(e -> e.at("/params/value")).filter(wanted).toList();
    }

    /** The status with which the server closed; 1006 without a closing handshake. */
    int closedWith() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Breaks the TCP connection. */
    void drop() throws Exception {
        ((WebSocketInternal) socket).channelHandlerContext().close().get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (!isClosed()) {
            socket.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }
    }
}
