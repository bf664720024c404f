package dev.grandstand.protocol.client;

/**
 * An ICE candidate as browsers write it (RTCIceCandidateInit, W3C WebRTC 1.0 section 4.8).
 *
 * @param candidate the candidate attribute of RFC 8839 section 5.1; empty at the end of candidates
 * @param sdpMid the media section's mid
 * @param sdpMLineIndex the media section's index, from 0
 */
public record IceCandidate(String candidate, String sdpMid, int sdpMLineIndex) {}
