package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a message to its answer: JSON-RPC's rules, the cache of answers, and which session a request belongs to. The
 * session is the one that the message names, else the connection's, else a new one as soon as an object is concerned.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final String serverId = UUID.randomUUID().toString();
    private final Sessions sessions;
    private final ObjectRequests requests;
    private final Transactions transactions;
    private final InstantSource clock;

    Dispatcher(Sessions sessions, ObjectRequests requests, Transactions transactions, InstantSource clock) {
        this.sessions = sessions;
        this.requests = requests;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The encoded answer. Never fails. */
    Future<String> answer(JsonNode message, Connection connection) {
        if (!(message instanceof ObjectNode request)
                || !request.path("jsonrpc").asText().equals("2.0")
                || !request.path("method").isTextual()) {
            return Future.succeededFuture(errorResponse(null, Refusal.invalidRequest()));
        }
        var id = request.get("id");
        if (id == null || id.isNull()) {
            return carryOut(request, connection).transform(outcome -> Future.succeededFuture(ignored(outcome)));
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            return Future.succeededFuture(errorResponse(null, Refusal.invalidRequest()));
        }
        var session = sessionId(request, connection).flatMap(sessions::find);
        var cached = session.flatMap(s -> s.responses().find(id.toString(), clock.instant()));
        if (cached.isPresent()) {
            return Future.succeededFuture(cached.get());
        }
        return carryOut(request, connection).transform(outcome -> {
            var response = outcome.succeeded() ? response(id, outcome.result()) : errorResponse(id, outcome.cause());
            session.ifPresent(s -> s.responses().add(id.toString(), response, clock.instant()));
            return Future.succeededFuture(response);
        });
    }

    /** The {@code error} member for a failed request. */
    static ObjectNode error(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.toJson();
        }
        log.atError().setCause(failure).log("request failed");
        return new Refusal(ErrorKind.UNDEFINED, "Unexpected error").toJson();
    }

    private Future<JsonNode> carryOut(ObjectNode message, Connection connection) {
        Future<? extends JsonNode> result;
        try {
            var request = RequestParser.parse(message);
            result = carryOut(request, sessionId(message, connection), connection);
        } catch (RuntimeException e) {
            result = Future.failedFuture(e);
        }
        return result.map(value -> {
            if (value instanceof ObjectNode fields) {
                connection.sessionId().ifPresent(id -> fields.put("sessionId", id));
            }
            return value;
        });
    }

    private Future<? extends JsonNode> carryOut(Request request, Optional<String> id, Connection connection) {
        return switch (request) {
            case Request.Ping ping -> Future.succeededFuture(Wire.object().put("value", "pong"));
            case Request.Connect connect -> {
                connection.bind(id.map(sessions::inUse).orElseGet(sessions::create));
                yield Future.succeededFuture(Wire.object().put("serverId", serverId));
            }
            case Request.KeepAlive keepAlive -> {
                sessions.inUse(id.orElseThrow(Refusal::invalidSession));
                yield Future.succeededFuture(Wire.object());
            }
            case Request.CloseSession close ->
                id.map(session -> sessions.close(session, close.release()))
                        .orElseGet(Future::succeededFuture)
                        .map(done -> Wire.nothing());
            case Request.Transaction transaction -> transactions.execute(transaction.steps(), session(id, connection));
            case Request.ObjectRequest objectRequest -> requests.execute(objectRequest, session(id, connection));
        };
    }

    private Session session(Optional<String> id, Connection connection) {
        var session = id.map(sessions::open).orElseGet(sessions::create);
        connection.bind(session);
        return session;
    }

    private static Optional<String> sessionId(ObjectNode message, Connection connection) {
        return RequestParser.sessionId(message).or(connection::sessionId);
    }

    private static String response(JsonNode id, JsonNode result) {
        var response = Wire.object().put("jsonrpc", "2.0");
        response.set("id", id);
        response.set("result", result);
        return Wire.print(response);
    }

    private static String errorResponse(@Nullable JsonNode id, Throwable failure) {
        return errorResponse(id, error(failure));
    }

    private static String errorResponse(@Nullable JsonNode id, ObjectNode error) {
        var response = Wire.object().put("jsonrpc", "2.0");
        response.set("id", id == null ? Wire.nothing() : id);
        response.set("error", error);
        return Wire.print(response);
    }

    /** A request without an id is carried out, and Kurento complains that it cannot answer it. */
    private static String ignored(AsyncResult<JsonNode> outcome) {
        var error = new Refusal(ErrorKind.SERVER_ERROR, "Ignoring response because of a notification request").toJson();
        error.set("data", outcome.succeeded() ? outcome.result() : error(outcome.cause()));
        return errorResponse(null, error);
    }
}
