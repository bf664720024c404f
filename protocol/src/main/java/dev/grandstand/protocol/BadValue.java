package dev.grandstand.protocol;

/** A value that breaks its own rules. Its message may be shown to whoever sent the value. */
public final class BadValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message what the value has to be */
    public BadValue(String message) {
        super(message);
    }
}
