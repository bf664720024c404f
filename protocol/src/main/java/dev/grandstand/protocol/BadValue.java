package dev.grandstand.protocol;

import java.util.regex.Pattern;

/** A value that breaks its own rules. Its message may be shown to whoever sent the value. */
public final class BadValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message what the value has to be */
    public BadValue(String message) {
        super(message);
    }

    static void unless(boolean good, String what, Pattern form) {
        if (!good) {
            throw new BadValue(what + " has the form " + form.pattern());
        }
    }
}
