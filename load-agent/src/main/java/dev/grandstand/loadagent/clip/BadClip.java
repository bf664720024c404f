package dev.grandstand.loadagent.clip;

/** A file that cannot be played, in words for people. */
public final class BadClip extends Exception {

    private static final long serialVersionUID = 1L;

    BadClip(String message) {
        super(message);
    }
}
