package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out transactions: step by step until one is refused. What the steps before it made stays, and their results are
 * told: a transaction saves round trips and is not atomic.
 */
final class Transactions {

    private static final String NEW_REFERENCE = "newref:";

    private final ObjectRequests requests;
    private final int maxSteps;

    Transactions(ObjectRequests requests, int maxSteps) {
        this.requests = requests;
        this.maxSteps = maxSteps;
    }

    Future<ObjectNode> execute(List<JsonNode> steps, Session session) {
        if (steps.size() > maxSteps) {
            return Future.failedFuture(Refusal.tooMany("operations in a transaction", maxSteps));
        }
        return new Run(steps, session).next(0);
    }

    private final class Run {

        private final List<JsonNode> steps;
        private final Session session;
        private final ArrayNode results = Wire.array();
        private final Map<String, String> created = new HashMap<>();

        private Run(List<JsonNode> steps, Session session) {
            this.steps = steps;
            this.session = session;
        }

        private Future<ObjectNode> next(int index) {
            if (index == steps.size()) {
                return Future.succeededFuture(done());
            }
            var step = steps.get(index);
            if (step.path("id").asInt(-1) != index) {
                return Future.failedFuture(new Refusal(
                        ErrorKind.MALFORMED_TRANSACTION, "Id of request '" + index + "' should be '" + index + "'"));
            }
            return run(resolve(step)).transform(outcome -> {
                var response = Wire.object().put("id", index).put("jsonrpc", "2.0");
                results.add(response);
                if (outcome.failed()) {
                    response.set("error", Dispatcher.error(outcome.cause()));
                    return Future.succeededFuture(done());
                }
                var result = outcome.result().put("sessionId", session.id());
                response.set("result", result);
                if (result.path("value").isTextual()) {
                    created.put(NEW_REFERENCE + index, result.get("value").textValue());
                }
                return next(index + 1);
            });
        }

        private Future<ObjectNode> run(JsonNode step) {
            try {
                return requests.execute(RequestParser.parseObjectRequest(step), session);
            } catch (Refusal refusal) {
                return Future.failedFuture(refusal);
            }
        }

        private ObjectNode done() {
            var result = Wire.object();
            result.set("value", results);
            return result;
        }

        /** The step with each {@code newref:N} replaced by the id of what step N created. */
        private JsonNode resolve(JsonNode node) {
            return switch (node.getNodeType()) {
                case OBJECT -> {
                    var copy = Wire.object();
                    node.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue())));
                    yield copy;
                }
                case ARRAY -> {
                    var copy = Wire.array();
                    node.forEach(element -> copy.add(resolve(element)));
                    yield copy;
                }
                case STRING -> Wire.text(created.getOrDefault(node.textValue(), node.textValue()));
                case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> node;
            };
        }
    }
}
