package dev.grandstand.loadagent;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection to signaling-svc: requests with their replies, and news. Everything runs on the context on which
 * it was opened; {@link #request}, {@link #send} and {@link #close} may be called from any thread.
 */
public final class SignalingClient {

    /** Longest wait for the connection and for each reply. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SignalingClient.class);

    private final Context context;
    private final WebSocket socket;
    private final Consumer<ServerMessage> news;
    private final Map<Long, Promise<ServerMessage>> pending = new HashMap<>();
    private final Promise<Void> closed = Promise.promise();
    private long lastId;

    private SignalingClient(Context context, WebSocket socket, Consumer<ServerMessage> news) {
        this.context = context;
        this.socket = socket;
        this.news = news;
    }

    /**
     * Connects.
     *
     * @param url of the endpoint, {@code ws://host:port/ws}
     * @param news gets whatever is no reply, on the caller's context
     */
    public static Future<SignalingClient> open(
            Vertx vertx, WebSocketClient sockets, URI url, Consumer<ServerMessage> news) {
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI(url.toString())
                .setConnectTimeout(PATIENCE.toMillis())
                .setTimeout(PATIENCE.toMillis());
        var context = vertx.getOrCreateContext();
        // The handlers are set before the first frame can be read: both on the socket's context.
        return sockets.connect(options).map(socket -> {
            var client = new SignalingClient(context, socket, news);
            socket.textMessageHandler(text -> context.runOnContext(now -> client.received(text)));
            socket.closeHandler(gone -> context.runOnContext(now -> client.onClosed()));
            socket.exceptionHandler(e -> LOG.atDebug().setCause(e).log("socket failed"));
            return client;
        });
    }

    /**
     * Sends a request and waits for what answers it.
     *
     * @param message makes the request with the id it is given
     * @return fails with {@link Refused}, and when no reply comes in {@link #PATIENCE}
     */
    public Future<ServerMessage> request(LongFunction<ClientMessage> message) {
        var promise = Promise.<ServerMessage>promise();
        context.runOnContext(now -> {
            long id = ++lastId;
            pending.put(id, promise);
            promise.future().onComplete(done -> pending.remove(id));
            write(message.apply(id)).onFailure(promise::tryFail);
        });
        return promise.future()
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(promise::tryFail);
    }

    /** Sends what is not answered. */
    public void send(ClientMessage message) {
        write(message).onFailure(e -> LOG.atDebug().setCause(e).log("not sent"));
    }

    private Future<Void> write(ClientMessage message) {
        return socket.writeTextMessage(Json.encodeToString(message));
    }

    private void received(String text) {
        ServerMessage message;
        try {
            message = Json.decode(text.getBytes(StandardCharsets.UTF_8), ServerMessage.class);
        } catch (BadJson e) {
            // A newer server may say more than this client knows.
            LOG.atDebug().setCause(e).log("message passed over");
            return;
        }
        var id = replyTo(message);
        var waiting = id == null ? null : pending.get(id);
        if (waiting == null) {
            news.accept(message);
        } else if (message instanceof ServerMessage.Error error) {
            waiting.tryFail(new Refused(error));
        } else {
            waiting.tryComplete(message);
        }
    }

    private static @Nullable Long replyTo(ServerMessage message) {
        return message instanceof ServerMessage.Reply reply ? reply.id() : null;
    }

    private void onClosed() {
        var waiting = Map.copyOf(pending);
        waiting.values().forEach(promise -> promise.tryFail("the socket is closed"));
        closed.tryComplete();
    }

    /** Completes when the socket is gone, whoever closed it. */
    public Future<Void> closed() {
        return closed.future();
    }

    /** Says goodbye. */
    public Future<Void> close() {
        return socket.close();
    }
}
