package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A media node of the fleet.
 *
 * @param value {@code [A-Za-z0-9._:-]{1,253}}
 */
public record NodeId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public NodeId {
        BadValue.unless(FORM.matcher(value).matches(), "a node id", FORM);
    }

    @Override
    public String toString() {
        return value;
    }
}
