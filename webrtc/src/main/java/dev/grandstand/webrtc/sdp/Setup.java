package dev.grandstand.webrtc.sdp;

import java.util.Locale;

/** Who begins the DTLS handshake (RFC 5763 section 5). */
public enum Setup {
    ACTIVE,
    PASSIVE,
    ACTPASS;

    /** What we answer: active wherever we may choose, because that saves waiting for the peer. */
    public Setup answer() {
        return this == ACTIVE ? PASSIVE : ACTIVE;
    }

    /** The attribute's value. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
