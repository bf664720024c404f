package dev.grandstand.servicekit;

/** A variable of the environment has a value that cannot be used; the message names the variable. */
public final class BadConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadConfiguration(String name, String value, String expected) {
        super(name + "=" + value + " is not " + expected);
    }
}
