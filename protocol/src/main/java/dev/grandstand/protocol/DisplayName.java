package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name that others see: 1 to 40 characters after stripping white space at both ends, without control characters.
 *
 * @param value the stripped name
 */
public record DisplayName(@JsonValue String value) {

    /** Longest name, in UTF-16 characters. */
    public static final int MAX_LENGTH = 40;

    /** @throws BadValue if nothing is left of the name, it is too long, or it has control characters */
    @JsonCreator
    public DisplayName {
        value = value.strip();
        if (value.isEmpty() || value.length() > MAX_LENGTH || hasControls(value)) {
            throw new BadValue("a name has 1 to " + MAX_LENGTH + " characters and no control characters");
        }
    }

    private static boolean hasControls(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return value;
    }
}
