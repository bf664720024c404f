package dev.grandstand.loadagent.rest;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The fields of a request's JSON object, each taken once and checked; what nobody takes is refused. */
final class Fields {

    private final JsonObject body;
    private final Set<String> untaken;

    private Fields(JsonObject body) {
        this.body = body;
        this.untaken = new HashSet<>(body.fieldNames());
    }

    /** @throws BadRequest if it is no JSON object */
    static Fields of(RoutingContext request) {
        try {
            var body = request.body().asJsonObject();
            if (body != null) {
                return new Fields(body);
            }
        } catch (RuntimeException e) {
            throw new BadRequest("the body is not a JSON object");
        }
        throw new BadRequest("the body is not a JSON object");
    }

    Optional<String> text(String name) {
        untaken.remove(name);
        return switch (body.getValue(name)) {
            case null -> Optional.empty();
            case String text when !text.isBlank() && text.length() <= 2_048 -> Optional.of(text);
            default -> throw new BadRequest(name + " wants a text of up to 2048 characters");
        };
    }

    boolean flag(String name) {
        untaken.remove(name);
        return switch (body.getValue(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw new BadRequest(name + " wants true or false");
        };
    }

    int integer(String name, int otherwise, int min, int max) {
        double number = number(name, otherwise, min, max);
        if (number != Math.rint(number)) {
            throw new BadRequest(name + " wants a whole number");
        }
        return (int) number;
    }

    double number(String name, double otherwise, double min, double max) {
        untaken.remove(name);
        return switch (body.getValue(name)) {
            case null -> otherwise;
            case Number number when number.doubleValue() >= min && number.doubleValue() <= max -> number.doubleValue();
            default -> throw new BadRequest(name + " wants " + shown(min) + " to " + shown(max));
        };
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** Of a signaling endpoint. */
    URI uri() {
        var text = text("uri").orElseThrow(() -> new BadRequest("uri is missing"));
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && ("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequest("uri: " + e.getMessage());
        }
        throw new BadRequest("uri wants ws://host:port/ws, not " + text);
    }

    RoomId room() {
        try {
            return new RoomId(text("room").orElseThrow(() -> new BadRequest("room is missing")));
        } catch (BadValue e) {
            throw new BadRequest("room: " + e.getMessage());
        }
    }

    /** Call it when all were taken. */
    void done() {
        if (!untaken.isEmpty()) {
            throw new BadRequest("there is no field " + String.join(", ", untaken));
        }
    }
}
