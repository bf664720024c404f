package dev.grandstand.webrtc;

/** States of an ICE component, in the words that Kurento uses for them (they are libnice's). */
public enum IceState {
    /** Nothing has happened yet, or contact was lost (RFC 7675: consent expired). */
    DISCONNECTED,
    /** Local candidates are being gathered. */
    GATHERING,
    /** Connectivity checks are running. */
    CONNECTING,
    /** At least one working candidate pair is known. */
    CONNECTED,
    /** A pair has been selected; data flows on it. */
    READY,
    /** No pair works. */
    FAILED
}
