package dev.grandstand.mediaclient.kurento;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One of the two servers of a recording: says what the real one said when it is asked the same, and remembers what it is
 * asked. What it is asked on top of the recording it takes without a word.
 */
final class RecordedNode {

    /** What it calls everything that is made; the recording has one endpoint of a link on each server. */
    private static final String PIPELINE = "p_kurento.MediaPipeline";

    private final List<JsonObject> recording;
    private final HttpServer server;

    /** Of the recording's form: {@code create} or {@code invoke}, {@code with}. */
    final List<JsonObject> asked = new CopyOnWriteArrayList<>();

    RecordedNode(Vertx vertx, List<JsonObject> recording) throws Exception {
        this.recording = recording;
        server = vertx.createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(text -> answer(socket, new JsonObject(text))))
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
    }

    NodeRef ref() {
        var uri = URI.create("ws://127.0.0.1:" + server.actualPort() + "/kurento");
        return new NodeRef(new NodeId("recorded:" + server.actualPort()), uri);
    }

    /** What it was asked of the recording's operations, each as it stands there. */
    List<JsonObject> asked(String operation) {
        return asked.stream()
                .filter(one -> operation.equals(one.getString("invoke", one.getString("create"))))
                .toList();
    }

    private void answer(ServerWebSocket socket, JsonObject request) {
        var value = result(request);
        socket.writeTextMessage(
                response(request, new JsonObject().put("value", value).put("sessionId", "s"))
                        .encode());
        if ("gatherCandidates".equals(operation(request))) {
            recording.stream()
                    .filter(line -> line.containsKey("found"))
                    .forEach(line -> socket.writeTextMessage(
                            found(endpoint(), line.getJsonObject("found")).encode()));
        }
    }

    private Object result(JsonObject request) {
        var params = request.getJsonObject("params");
        return switch (request.getString("method")) {
            case "ping" -> "pong";
            case "transaction" ->
                new JsonArray(params.getJsonArray("operations").stream()
                        .map(JsonObject.class::cast)
                        .map(one -> response(one, new JsonObject().put("value", result(one))))
                        .toList());
            case "create" -> {
                var with = params.getJsonObject("constructorParams").copy();
                with.remove("mediaPipeline");
                asked.add(
                        new JsonObject().put("create", params.getString("type")).put("with", with));
                yield params.getString("type").equals("MediaPipeline") ? PIPELINE : endpoint();
            }
            case "invoke" -> {
                var with = params.getJsonObject("operationParams", new JsonObject());
                asked.add(new JsonObject().put("invoke", operation(request)).put("with", with));
                yield recorded(operation(request))
                        .map(line -> line.getValue("result"))
                        .orElse(null);
            }
            default -> null;
        };
    }

    private Optional<JsonObject> recorded(String operation) {
        return recording.stream()
                .filter(line -> operation.equals(line.getString("invoke")))
                .findFirst();
    }

    private static String operation(JsonObject request) {
        return request.getJsonObject("params").getString("operation", "");
    }

    private static String endpoint() {
        return PIPELINE + "/e_kurento.WebRtcEndpoint";
    }

    private static JsonObject response(JsonObject request, JsonObject result) {
        return new JsonObject()
                .put("id", request.getValue("id"))
                .put("jsonrpc", "2.0")
                .put("result", result);
    }

    private static JsonObject found(String endpoint, JsonObject candidate) {
        var value = new JsonObject()
                .put("object", endpoint)
                .put("type", "IceCandidateFound")
                .put("data", new JsonObject().put("candidate", candidate).put("source", endpoint));
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("method", "onEvent")
                .put("params", new JsonObject().put("value", value));
    }

    /** Where each of these operations stands among what was asked, in their order; -1 for what was not. */
    int[] order(String... operations) {
        return List.of(operations).stream()
                .mapToInt(operation -> IntStream.range(0, asked.size())
                        .filter(at -> operation.equals(
                                asked.get(at).getString("invoke", asked.get(at).getString("create"))))
                        .findFirst()
                        .orElse(-1))
                .toArray();
    }
}
