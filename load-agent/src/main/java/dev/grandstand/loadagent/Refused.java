package dev.grandstand.loadagent;

import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;

/** The server answered a request with an error. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Refused(ServerMessage.Error error) {
        super(error.code() + ": " + error.message());
        this.code = error.code();
    }

    /** What kind of failure. */
    public ErrorCode code() {
        return code;
    }
}
