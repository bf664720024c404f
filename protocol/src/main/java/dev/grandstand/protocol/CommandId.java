package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A command; the events that it causes carry it as their cause.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}
 */
public record CommandId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public CommandId {
        FORM.require(value, "a command id");
    }

    /** A new one that nobody else has. */
    public static CommandId random() {
        return new CommandId(RandomId.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
