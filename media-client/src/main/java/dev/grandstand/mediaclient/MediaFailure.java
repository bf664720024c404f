package dev.grandstand.mediaclient;

import org.jspecify.annotations.Nullable;

/** Why a media node did not do what it was asked for. */
public final class MediaFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as callers act on it. */
    public enum Kind {
        /** There is no connection to the node. */
        NODE_UNREACHABLE,
        /** The node did not answer in time; what was asked may still happen. */
        TIMEOUT,
        /** The offer was not understood. */
        BAD_SDP,
        /** The endpoint has an offer and its answer, and does not take another. */
        ALREADY_NEGOTIATED,
        /** The pipeline or endpoint does not exist (any more). */
        NOT_FOUND,
        /** The node has no room for it. */
        NO_RESOURCES,
        /** Anything else; see the code. */
        OTHER
    }

    private final Kind kind;
    private final int code;

    /**
     * @param code the Kurento protocol's error code; 0 if the node gave none
     * @param message for logs
     */
    public MediaFailure(Kind kind, int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The Kurento protocol's error code, 0 if the node gave none. */
    public int code() {
        return code;
    }
}
