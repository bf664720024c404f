package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a JSON-RPC 2.0 message to a {@link Request}. */
final class RequestParser {

    private static final Map<String, Function<Params, Request>> METHODS = Map.ofEntries(
            Map.entry("ping", params -> new Request.Ping()),
            Map.entry("connect", params -> new Request.Connect()),
            Map.entry("keepAlive", params -> new Request.KeepAlive()),
            Map.entry("closeSession", params -> new Request.CloseSession(params.flag("release"))),
            Map.entry("transaction", params -> new Request.Transaction(params.list("operations"))));

    private static final Map<String, Function<Params, Request.ObjectRequest>> OBJECT_METHODS = Map.ofEntries(
            Map.entry("create", params -> new Request.Create(params.text("type"), params.named("constructorParams"))),
            Map.entry(
                    "invoke",
                    params -> new Request.Invoke(
                            params.text("object"), params.text("operation"), params.named("operationParams"))),
            Map.entry("subscribe", params -> new Request.Subscribe(params.text("object"), params.text("type"))),
            Map.entry(
                    "unsubscribe",
                    params -> new Request.Unsubscribe(params.text("object"), params.text("subscription"))),
            Map.entry("release", params -> new Request.Release(params.text("object"))),
            Map.entry("ref", params -> new Request.Ref(params.text("object"))),
            Map.entry("unref", params -> new Request.Unref(params.text("object"))),
            Map.entry("describe", params -> new Request.Describe(params.text("object"))));

    private RequestParser() {}

    /** @throws Refusal as Kurento refuses an unknown method or missing parameters */
    static Request parse(ObjectNode message) {
        var method = message.path("method").asText();
        var parser = METHODS.get(method);
        return parser == null ? parseObjectRequest(message) : parser.apply(new Params(params(message)));
    }

    /** A step of a transaction: only requests about objects. */
    static Request.ObjectRequest parseObjectRequest(JsonNode message) {
        var parser = OBJECT_METHODS.get(message.path("method").asText());
        if (parser == null) {
            throw new Refusal(ErrorKind.METHOD_NOT_FOUND, "Method not found.");
        }
        var params = params(message);
        if (params == null) {
            throw new Refusal(ErrorKind.INVALID_PARAMS, "'params' is required");
        }
        return parser.apply(new Params(params));
    }

    /** The session that the message names itself. */
    static Optional<String> sessionId(ObjectNode message) {
        return Optional.ofNullable(message.path("params").get("sessionId"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(id -> !id.isEmpty());
    }

    private static @Nullable ObjectNode params(JsonNode message) {
        return message.get("params") instanceof ObjectNode params ? params : null;
    }

    /** The {@code params} member. */
    private record Params(@Nullable ObjectNode node) {

        String text(String name) {
            return Optional.ofNullable(node)
                    .map(params -> params.get(name))
                    .filter(JsonNode::isValueNode)
                    .map(JsonNode::asText)
                    .orElseThrow(() -> new Refusal(ErrorKind.SERVER_ERROR, "'" + name + "' parameter is required"));
        }

        boolean flag(String name) {
            return node != null && node.path(name).asBoolean(false);
        }

        Arguments named(String name) {
            return new Arguments(node != null && node.get(name) instanceof ObjectNode values ? values : null);
        }

        List<JsonNode> list(String name) {
            if (node == null) {
                throw new Refusal(ErrorKind.INVALID_PARAMS, "'params' is required");
            }
            if (!(node.get(name) instanceof ArrayNode elements)) {
                throw new Refusal(ErrorKind.SERVER_ERROR, "'" + name + "' parameter is required");
            }
            var list = new ArrayList<JsonNode>(elements.size());
            elements.forEach(list::add);
            return List.copyOf(list);
        }
    }
}
