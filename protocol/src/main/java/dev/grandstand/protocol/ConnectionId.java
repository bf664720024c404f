package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One of a participant's connections: chosen anew by signaling for each join and each resume. What is said over a
 * connection that is not the current one any more is stale, even if both are at the same instance.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}
 */
public record ConnectionId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ConnectionId {
        FORM.require(value, "a connection id");
    }

    /** A new one that nobody else has. */
    public static ConnectionId random() {
        return new ConnectionId(RandomId.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
