package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A command; the events that it causes carry it as their cause.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}
 */
public record CommandId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public CommandId {
        BadValue.unless(FORM.matcher(value).matches(), "a command id", FORM);
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
