package dev.grandstand.webrtc;

/** States of the DTLS association that keys SRTP (RFC 5764), as in {@code RTCDtlsTransportState}. */
public enum DtlsState {
    NEW,
    CONNECTING,
    /** The peer's fingerprint was verified and the SRTP keys are in use. */
    CONNECTED,
    /** The peer said {@code close_notify}, or this side closed. */
    CLOSED,
    /** The handshake timed out, or the peer's certificate is not the one that its SDP announced. */
    FAILED
}
