package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.grandstand.protocol.BadValue;
import java.util.regex.Pattern;

/**
 * What a client calls a message that it sends, so that sending it again does not say it twice.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}, never used by the participant for another message
 */
public record ClientMessageId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ClientMessageId {
        if (!FORM.matcher(value).matches()) {
            throw new BadValue("a client's message id has the form " + FORM.pattern());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
