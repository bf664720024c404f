package dev.grandstand.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client without a page: sends whatever it is told to, and keeps whatever it receives. */
public final class RawSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** Connects. */
    public RawSocket(URI address) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(address, new Listener())
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** A text frame. */
    public RawSocket send(String text) {
        socket.sendText(text, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    public RawSocket sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    /** Joins, and waits for the reply. */
    public JsonNode join(String room, String name) {
        send("{\"type\":\"join\",\"id\":1,\"room\":\"%s\",\"name\":\"%s\"}".formatted(room, name));
        return reply(1);
    }

    /** What answers the request with this id. */
    public JsonNode reply(int id) {
        return first("the reply to " + id, message -> message.path("id").asInt(-1) == id);
    }

    public JsonNode first(String what, Predicate<JsonNode> wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> received.stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Everything so far, oldest first. */
    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    public void forget() {
        received.clear();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Why the server closed the connection (RFC 6455 section 7.4), once it has. */
    public int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(parsed(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private static JsonNode parsed(String text) {
            try {
                return Json.tree(text.getBytes(StandardCharsets.UTF_8));
            } catch (BadJson e) {
                throw new IllegalStateException("the server sent what is no JSON: " + text, e);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
