package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Media that a presenter publishes into a room; chosen by the client, unique in its room.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}
 */
public record StreamId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public StreamId {
        FORM.require(value, "a stream id");
    }

    @Override
    public String toString() {
        return value;
    }
}
