package dev.grandstand.mediaclient.kurento;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kurento.jsonrpc.JsonRpcErrorException;
import org.kurento.jsonrpc.JsonUtils;
import org.kurento.jsonrpc.message.ResponseError;

/**
 * Several requests about one new object in one round trip. The object is made first and called {@link #NEW} in what
 * follows. The node stops at the first refusal, but keeps what it made until then.
 */
final class TransactionRequest {

    /** The object that this transaction makes. */
    static final String NEW = "newref:0";

    private final JsonArray operations = new JsonArray();

    /**
     * @param type of the new object
     * @param constructor what it is made with
     * @param tags stand at it
     */
    TransactionRequest(String type, Map<String, Object> constructor, Map<String, String> tags) {
        var params = new JsonObject();
        params.addProperty("type", type);
        params.add("constructorParams", JsonUtils.toJsonElement(constructor));
        params.add("properties", new JsonObject());
        add("create", params);
        tags.forEach((key, value) -> invoke(NEW, "addTag", Map.of("key", key, "value", value)));
    }

    TransactionRequest subscribe(String event) {
        var params = new JsonObject();
        params.addProperty("object", NEW);
        params.addProperty("type", event);
        return add("subscribe", params);
    }

    TransactionRequest invoke(String object, String operation, Map<String, ?> arguments) {
        var params = new JsonObject();
        params.addProperty("object", object);
        params.addProperty("operation", operation);
        params.add("operationParams", JsonUtils.toJsonElement(arguments));
        return add("invoke", params);
    }

    /** Fails as the first refused operation does; the new object, if it was made, is released then. */
    Future<Outcome> send(RpcSocket rpc) {
        var params = new JsonObject();
        params.add("operations", operations);
        return rpc.request("transaction", params).compose(result -> outcome(rpc, result));
    }

    /**
     * @param object id of the new object
     * @param last what the last operation returned
     */
    record Outcome(String object, JsonElement last) {}

    private TransactionRequest add(String method, JsonObject params) {
        var operation = new JsonObject();
        operation.addProperty("id", operations.size());
        operation.addProperty("method", method);
        operation.add("params", params);
        operation.addProperty("jsonrpc", "2.0");
        operations.add(operation);
        return this;
    }

    private static Future<Outcome> outcome(RpcSocket rpc, JsonElement result) {
        List<JsonElement> values = new ArrayList<>();
        for (var response : value(result).getAsJsonArray()) {
            var error = response.getAsJsonObject().get("error");
            if (error != null) {
                var refusal = new JsonRpcErrorException(JsonUtils.fromJson(error, ResponseError.class));
                return values.isEmpty()
                        ? Future.failedFuture(refusal)
                        : release(rpc, values.getFirst().getAsString())
                                .transform(released -> Future.failedFuture(refusal));
            }
            values.add(value(response.getAsJsonObject().get("result")));
        }
        return Future.succeededFuture(new Outcome(values.getFirst().getAsString(), values.getLast()));
    }

    static Future<JsonElement> release(RpcSocket rpc, String object) {
        var params = new JsonObject();
        params.addProperty("object", object);
        return rpc.request("release", params);
    }

    /** A result is the bare value, or an object that holds it beside the session's id. */
    private static JsonElement value(JsonElement result) {
        return result.isJsonObject() && result.getAsJsonObject().has("value")
                ? result.getAsJsonObject().get("value")
                : result;
    }
}
