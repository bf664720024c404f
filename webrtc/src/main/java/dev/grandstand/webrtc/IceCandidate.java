package dev.grandstand.webrtc;

/**
 * A trickled ICE candidate as browsers exchange it (RFC 8840, the {@code RTCIceCandidateInit} dictionary).
 *
 * @param candidate the {@code candidate-attribute} of RFC 8839 section 5.1 with its {@code candidate:} prefix and without
 *     {@code a=}; not validated here, an empty string means "end of candidates"
 * @param sdpMid the {@code mid} of the m-section it belongs to; may be empty
 * @param sdpMLineIndex the zero-based index of that m-section
 */
public record IceCandidate(String candidate, String sdpMid, int sdpMLineIndex) {}
