package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Somebody in a room. Given by the service, never chosen by a client, and never used again.
 *
 * @param value {@code [A-Za-z0-9_-]{1,64}}
 */
public record ParticipantId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9_-]", 64);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ParticipantId {
        FORM.require(value, "a participant id");
    }

    /** A new one that nobody else has. */
    public static ParticipantId random() {
        return new ParticipantId(RandomId.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
