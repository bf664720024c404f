package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An announced show, named by whoever announces it.
 *
 * @param value {@code [A-Za-z0-9._:-]{1,128}}
 */
public record ShowId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9._:-]", 128);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ShowId {
        FORM.require(value, "a show id");
    }

    @Override
    public String toString() {
        return value;
    }
}
