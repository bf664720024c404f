package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * By what somebody is known again who comes back as a new participant: the subject of a token, or what a browser keeps.
 * Never shown to others. A ban holds for it.
 *
 * @param value 1 to 128 characters without control characters
 */
public record ClientKey(@JsonValue String value) {

    /** Longest key, in UTF-16 characters. */
    public static final int MAX_LENGTH = 128;

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public ClientKey {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw new BadValue("a client key has 1 to " + MAX_LENGTH + " characters and no control characters");
        }
    }

    /** It may be a secret of its owner, so no log shows it. */
    @Override
    public String toString() {
        return "ClientKey(…)";
    }
}
