package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a client can ask for, parsed. */
sealed interface Request {

    record Ping() implements Request {}

    record Connect() implements Request {}

    record KeepAlive() implements Request {}

    /** @param release also destroy what other sessions reference */
    record CloseSession(boolean release) implements Request {}

    /**
     * Requests that are carried out one after the other until one is refused.
     *
     * @param steps still as JSON, because a step may name the result of an earlier one ({@code newref:N})
     */
    record Transaction(List<JsonNode> steps) implements Request {}

    /** A request about one object; makes a session if there is none, and lets it reference the object. */
    sealed interface ObjectRequest extends Request {}

    /** @param type with or without the module's name in front */
    record Create(String type, Arguments arguments) implements ObjectRequest {}

    record Invoke(String object, String operation, Arguments arguments) implements ObjectRequest {}

    record Subscribe(String object, String event) implements ObjectRequest {}

    record Unsubscribe(String object, String subscription) implements ObjectRequest {}

    /** Destroys the object for all sessions. */
    record Release(String object) implements ObjectRequest {}

    record Ref(String object) implements ObjectRequest {}

    /** Gives up this session's reference; the last one destroys the object. */
    record Unref(String object) implements ObjectRequest {}

    record Describe(String object) implements ObjectRequest {}
}
