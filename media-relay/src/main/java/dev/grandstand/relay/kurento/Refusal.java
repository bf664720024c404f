package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that is answered with an error object. It is a normal outcome of a client's mistake, so it carries no stack
 * trace and is not logged.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    Refusal(ErrorKind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    ErrorKind kind() {
        return kind;
    }

    /** The {@code error} member of the response. */
    ObjectNode toJson() {
        var error = Wire.object().put("code", kind.code());
        if (kind.named()) {
            error.set("data", Wire.object().put("type", kind.name()));
        }
        return error.put("message", String.valueOf(getMessage()));
    }

    static Refusal invalidRequest() {
        return new Refusal(ErrorKind.INVALID_REQUEST, "Invalid JSON-RPC request.");
    }

    static Refusal invalidSession() {
        return new Refusal(ErrorKind.INVALID_SESSION, "Invalid session");
    }

    static Refusal noSuchObject(String id) {
        return new Refusal(ErrorKind.MEDIA_OBJECT_NOT_FOUND, "Object '" + id + "' not found");
    }

    static Refusal noSuchType(String type) {
        return new Refusal(ErrorKind.MEDIA_OBJECT_NOT_AVAILABLE, "Factory '" + type + "' not found");
    }

    static Refusal notSupported(String message) {
        return new Refusal(ErrorKind.MEDIA_OBJECT_OPERATION_NOT_SUPPORTED, message);
    }

    static Refusal tooMany(String what, int limit) {
        return new Refusal(ErrorKind.NOT_ENOUGH_RESOURCES, "No more than " + limit + " " + what + " on this node");
    }
}
