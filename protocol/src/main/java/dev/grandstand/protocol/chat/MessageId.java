package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.grandstand.protocol.Form;

/**
 * A message of a room's chat; given by chat-svc.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}, unique in the room
 */
public record MessageId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws dev.grandstand.protocol.BadValue if the value has not the form above */
    @JsonCreator
    public MessageId {
        FORM.require(value, "a message id");
    }

    @Override
    public String toString() {
        return value;
    }
}
