package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What an operator has to say to a whole room; plain text, as long as a chat message at most. White space around it is
 * dropped.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, none of them a control character but line breaks and tabs
 */
public record Notice(@JsonValue String value) {

    /** Longest notice, in characters. */
    public static final int MAX_LENGTH = 500;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    /** @throws BadValue if the text is empty, too long or has control characters */
    @JsonCreator
    public Notice {
        value = value.strip();
        if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new BadValue("a notice has 1 to " + MAX_LENGTH + " characters");
        }
        if (CONTROL.matcher(value).find()) {
            throw new BadValue("a notice has no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
