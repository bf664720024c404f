package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An announced show, named by whoever announces it.
 *
 * @param value {@code [A-Za-z0-9._:-]{1,128}}
 */
public record ShowId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ShowId {
        BadValue.unless(FORM.matcher(value).matches(), "a show id", FORM);
    }

    @Override
    public String toString() {
        return value;
    }
}
