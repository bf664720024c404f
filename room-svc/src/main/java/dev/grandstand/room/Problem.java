package dev.grandstand.room;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Why an operator's request was not carried out; answered as problem details (RFC 9457) with the members {@code code} and {@code field}. */
final class Problem extends RuntimeException {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    Problem(int status, ErrorCode code, String detail, @Nullable String field) {
        super(detail);
        this.status = status;
        this.code = code.wire();
        this.field = field;
    }

    static Problem badField(String field, String detail) {
        return new Problem(400, ErrorCode.BAD_FIELD, detail, field);
    }

    static Problem of(BadJson bad) {
        var code =
                switch (bad.kind()) {
                    case NOT_JSON -> ErrorCode.BAD_JSON;
                    case UNKNOWN_TYPE -> ErrorCode.UNKNOWN_TYPE;
                    case MISSING_FIELD -> ErrorCode.MISSING_FIELD;
                    case BAD_FIELD -> ErrorCode.BAD_FIELD;
                };
        return new Problem(400, code, String.valueOf(bad.getMessage()), bad.field());
    }

    /** Room-svc's rules do not allow it, or there is nothing to do it to. */
    static Problem of(RoomEvent.CommandRefused refused) {
        var code = ErrorCode.ofWire(refused.code());
        return switch (code) {
            case NOT_FOUND -> new Problem(404, code, refused.message(), null);
            case BAD_FIELD -> new Problem(400, code, refused.message(), "cursor");
            default -> new Problem(409, code, refused.message(), null);
        };
    }

    static Problem unavailable(String detail) {
        return new Problem(503, ErrorCode.UNAVAILABLE, detail, null);
    }

    /** What only HTTP itself can say. */
    static Problem ofStatus(int status) {
        var code =
                switch (status) {
                    case 401 -> ErrorCode.UNAUTHORIZED;
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 413 -> ErrorCode.TOO_LARGE;
                    default -> status < 500 ? ErrorCode.REFUSED : ErrorCode.INTERNAL;
                };
        return new Problem(status, code, title(status), null);
    }

    int status() {
        return status;
    }

    JsonObject body() {
        var body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("detail", getMessage())
                .put("code", code);
        return field == null ? body : body.put("field", field);
    }

    /** As RFC 9110 has them. */
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}
