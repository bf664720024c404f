package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where the next page of a list of people begins. Given by the service with a page; means nothing to anybody else. Stays
 * good while people come and go: who is there all the time is neither left out nor shown twice.
 *
 * @param value 1 to 256 characters
 */
public record PeopleCursor(@JsonValue String value) {

    /** Longest cursor, in UTF-16 characters. */
    public static final int MAX_LENGTH = 256;

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public PeopleCursor {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new BadValue("a cursor has 1 to " + MAX_LENGTH + " characters");
        }
    }
}
