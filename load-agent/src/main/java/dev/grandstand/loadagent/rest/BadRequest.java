package dev.grandstand.loadagent.rest;

/** What was asked for cannot be done, in words that name the field. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }
}
