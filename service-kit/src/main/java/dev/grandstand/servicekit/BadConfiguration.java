package dev.grandstand.servicekit;

/** A variable of the environment has a value that cannot be used; the message names the variable. */
public final class BadConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the variable, or the flag that stands for it
     * @param expected what it should have been, to be read after "is not"
     */
    public BadConfiguration(String name, String value, String expected) {
        super(name + "=" + value + " is not " + expected);
    }
}
