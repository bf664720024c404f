package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.grandstand.protocol.BadValue;
import java.util.regex.Pattern;

/**
 * A message of a room's chat; given by chat-svc.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}, unique in the room
 */
public record MessageId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public MessageId {
        if (!FORM.matcher(value).matches()) {
            throw new BadValue("a message id has the form " + FORM.pattern());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
