package dev.grandstand.webrtc;

import dev.grandstand.webrtc.dtls.Fingerprint;

/** Fingerprints that nobody has. */
final class RtcNodeFingerprints {

    private RtcNodeFingerprints() {}

    static Fingerprint another(Fingerprint fingerprint) {
        char first = fingerprint.value().charAt(0) == '0' ? '1' : '0';
        return new Fingerprint(first + fingerprint.value().substring(1));
    }
}
