package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A media node of the fleet.
 *
 * @param value {@code [A-Za-z0-9._:-]{1,253}}
 */
public record NodeId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9._:-]", 253);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public NodeId {
        FORM.require(value, "a node id");
    }

    @Override
    public String toString() {
        return value;
    }
}
