package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where presenters meet an audience; stands in the address of the room's page and keys every record about it.
 *
 * @param value {@code [a-z0-9][a-z0-9-]{0,63}}
 */
public record RoomId(@JsonValue String value) {

    private static final Form FORM = Form.of("[a-z0-9]", "[a-z0-9-]", 64);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public RoomId {
        FORM.require(value, "a room id");
    }

    @Override
    public String toString() {
        return value;
    }
}
