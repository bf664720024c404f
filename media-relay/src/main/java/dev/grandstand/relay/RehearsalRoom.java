package dev.grandstand.relay;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A pipeline with one source, asked for over Kurento's protocol in the words in which Grandstand asks. */
final class RehearsalRoom {

    private static final String NEW = "newref:0";

    private final WebSocket socket;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Integer, Promise<JsonObject>> waiting = new ConcurrentHashMap<>();
    private volatile String pipeline = "";
    private volatile String source = "";

    RehearsalRoom(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> {
            var message = new JsonObject(text);
            var asked = message.containsKey("id") ? waiting.remove(message.getInteger("id")) : null;
            if (asked != null) {
                asked.complete(message.getJsonObject("result", new JsonObject()));
            }
        });
    }

    Future<?> open() {
        return transaction(new JsonArray().add(create("MediaPipeline", new JsonObject())))
                .onSuccess(values -> pipeline = values.getString(0));
    }

    /** The answer to a presenter. */
    Future<String> publish(String offer) {
        return transaction(endpoint().add(subscribe("MediaFlowOutStateChanged")).add(processOffer(offer)))
                .map(values -> {
                    source = values.getString(0);
                    return values.getString(values.size() - 1);
                });
    }

    /** The answer to a viewer. */
    Future<String> view(String offer) {
        return transaction(endpoint()
                        .add(invoke(NEW, "setMaxVideoSendBandwidth", new JsonObject().put("maxVideoSendBandwidth", 0)))
                        .add(invoke(source, "connect", new JsonObject().put("sink", NEW)))
                        .add(subscribe("MediaFlowInStateChanged"))
                        .add(processOffer(offer)))
                .map(values -> values.getString(values.size() - 1));
    }

    Future<?> close() {
        return request("release", new JsonObject().put("object", pipeline)).eventually(socket::close);
    }

    private JsonArray endpoint() {
        return new JsonArray()
                .add(create("WebRtcEndpoint", new JsonObject().put("mediaPipeline", pipeline)))
                .add(invoke(NEW, "addTag", new JsonObject().put("key", "room").put("value", "rehearsal")))
                .add(subscribe("IceCandidateFound"));
    }

    private static JsonObject create(String type, JsonObject constructor) {
        return step("create", new JsonObject().put("type", type).put("constructorParams", constructor));
    }

    private static JsonObject subscribe(String event) {
        return step("subscribe", new JsonObject().put("object", NEW).put("type", event));
    }

    private static JsonObject processOffer(String offer) {
        return invoke(NEW, "processOffer", new JsonObject().put("offer", offer));
    }

    private static JsonObject invoke(String object, String operation, JsonObject arguments) {
        return step(
                "invoke",
                new JsonObject()
                        .put("object", object)
                        .put("operation", operation)
                        .put("operationParams", arguments));
    }

    private static JsonObject step(String method, JsonObject params) {
        return new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
    }

    /** What each step returned. */
    private Future<JsonArray> transaction(JsonArray steps) {
        for (int i = 0; i < steps.size(); i++) {
            steps.getJsonObject(i).put("id", i);
        }
        return request("transaction", new JsonObject().put("operations", steps)).map(result -> {
            var values = new JsonArray();
            result.getJsonArray("value")
                    .forEach(step -> values.add(
                            ((JsonObject) step).getJsonObject("result").getValue("value")));
            return values;
        });
    }

    private Future<JsonObject> request(String method, JsonObject params) {
        int id = requests.incrementAndGet();
        Promise<JsonObject> answer = Promise.promise();
        waiting.put(id, answer);
        socket.writeTextMessage(step(method, params).put("id", id).encode());
        return answer.future();
    }
}
