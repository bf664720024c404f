package dev.grandstand.relay.media;

/** An endpoint cannot take or give a session description, and is as it was before. */
public final class NegotiationRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The text is no session description, or lacks what WebRTC requires. */
        BAD_SDP,
        /** Nothing has been negotiated on our side yet. */
        NO_LOCAL_SDP,
        /** The peer has not described itself yet. */
        NO_REMOTE_SDP,
        /** An endpoint is negotiated once; there is no renegotiation. */
        ALREADY_NEGOTIATED,
        /** An answer, but no offer was made. */
        ANSWER_WITHOUT_OFFER
    }

    private final Reason reason;

    NegotiationRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
