package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.grandstand.protocol.Form;

/**
 * What a client calls a message that it sends, so that sending it again does not say it twice.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}, never used by the participant for another message
 */
public record ClientMessageId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws dev.grandstand.protocol.BadValue if the value has not the form above */
    @JsonCreator
    public ClientMessageId {
        FORM.require(value, "a client's message id");
    }

    @Override
    public String toString() {
        return value;
    }
}
