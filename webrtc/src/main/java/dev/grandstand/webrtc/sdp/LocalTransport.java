package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.dtls.Fingerprint;
import dev.grandstand.webrtc.ice.IceCredentials;

/**
 * What our descriptions say of our transport.
 *
 * @param ice changes when ICE restarts
 * @param fingerprint of our certificate
 */
public record LocalTransport(IceCredentials ice, Fingerprint fingerprint) {}
