package dev.grandstand.mediaclient.kurento;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kurento.jsonrpc.JsonRpcErrorException;
import org.kurento.jsonrpc.JsonUtils;
import org.kurento.jsonrpc.client.Continuation;
import org.kurento.jsonrpc.client.JsonRpcClient;
import org.kurento.jsonrpc.internal.JsonRpcRequestSenderHelper;
import org.kurento.jsonrpc.internal.client.ClientSession;
import org.kurento.jsonrpc.message.Request;
import org.kurento.jsonrpc.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * kurento-client's transport over a Vert.x WebSocket: never blocks, never reconnects by itself, hands out events in the
 * order of the wire. Confined to one Vert.x context, on which everything is called and calls back. The Kurento session
 * survives a change of the socket.
 */
final class RpcSocket extends JsonRpcClient {

    private static final Logger LOG = LoggerFactory.getLogger(RpcSocket.class);

    /** More requests than this under way mean that the node is overrun: further ones are refused. */
    static final int MOST_PENDING = 4096;

    private final Map<Integer, Continuation<Response<JsonElement>>> pending = new HashMap<>();
    private final Consumer<JsonObject> onEvent;
    private @Nullable WebSocket socket;

    /** @param onEvent gets the value of each {@code onEvent}: object, type, data */
    RpcSocket(Consumer<JsonObject> onEvent) {
        this.onEvent = onEvent;
        session = new ClientSession(null, null, this);
        rsHelper = new JsonRpcRequestSenderHelper() {
            @Override
            protected void internalSendRequest(
                    Request<? extends Object> request,
                    Class<JsonElement> resultClass,
                    Continuation<Response<JsonElement>> continuation) {
                transmit(request, continuation);
            }

            @Override
            protected <P, R> Response<R> internalSendRequest(Request<P> request, Class<R> resultClass) {
                throw new UnsupportedOperationException("a blocking call: " + request.getMethod());
            }
        };
    }

    /** Talks over this socket from now on. */
    void attach(WebSocket opened) {
        socket = opened;
    }

    /** The socket is gone: no request under way will be answered. */
    void detach(Throwable why) {
        socket = null;
        var unanswered = List.copyOf(pending.values());
        pending.clear();
        unanswered.forEach(continuation -> continuation.onError(why));
    }

    /** Whether the node has made a session for this client; it does so when an object is first touched. */
    boolean hasSession() {
        return rsHelper.getSessionId() != null;
    }

    /** One request in the protocol's own words. Fails with {@link JsonRpcErrorException} when the node refuses. */
    Future<JsonElement> request(String method, JsonObject params) {
        Promise<JsonElement> promise = Promise.promise();
        rsHelper.sendRequest(method, params, new Continuation<JsonElement>() {
            @Override
            public void onSuccess(JsonElement result) {
                promise.complete(result);
            }

            @Override
            public void onError(Throwable cause) {
                promise.fail(cause);
            }
        });
        return promise.future();
    }

    /** What came over the socket. */
    void receive(String text) {
        var message = JsonUtils.fromJson(text, JsonObject.class);
        if (message.has("method")) {
            onEvent.accept(message.getAsJsonObject("params").getAsJsonObject("value"));
            return;
        }
        Response<JsonElement> response = JsonUtils.fromJsonResponse(message, JsonElement.class);
        var continuation = response.getId() == null ? null : pending.remove(response.getId());
        if (continuation == null) {
            LOG.atDebug().addKeyValue("id", response.getId()).log("answer to nothing that was asked");
            return;
        }
        continuation.onSuccess(response);
    }

    private void transmit(Request<?> request, Continuation<Response<JsonElement>> continuation) {
        var open = socket;
        if (open == null) {
            continuation.onError(new IllegalStateException("not connected"));
            return;
        }
        if (pending.size() >= MOST_PENDING) {
            continuation.onError(new IllegalStateException("too many requests under way"));
            return;
        }
        pending.put(request.getId(), continuation);
        open.writeTextMessage(request.toString()).onFailure(failure -> {
            if (pending.remove(request.getId()) != null) {
                continuation.onError(failure);
            }
        });
    }

    /** Called by kurento-client; the socket is attached by whoever opened it. */
    @Override
    public void connect() {}

    /** Every wait is bounded by who asks. */
    @Override
    public void setRequestTimeout(long timeout) {}
}
