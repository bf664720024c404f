package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.dtls.Fingerprint;

/** What our descriptions say of our transport. */
public record LocalTransport(String ufrag, String password, Fingerprint fingerprint) {}
