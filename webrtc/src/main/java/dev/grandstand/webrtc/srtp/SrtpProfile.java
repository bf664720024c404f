package dev.grandstand.webrtc.srtp;

import java.util.Optional;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;

/** The protection profiles that we offer and accept, in the order of preference (RFC 5764 section 4.1.2, RFC 7714). */
public enum SrtpProfile {
    /** Preferred: one pass, and the fastest on hardware with AES instructions. */
    AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 16, 12),
    AES128_CM_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 16, 14);

    private final int number;
    private final int keyLength;
    private final int saltLength;

    SrtpProfile(int number, int keyLength, int saltLength) {
        this.number = number;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
    }

    /** The number in the {@code use_srtp} extension. */
    public int number() {
        return number;
    }

    public int keyLength() {
        return keyLength;
    }

    public int saltLength() {
        return saltLength;
    }

    public static Optional<SrtpProfile> ofNumber(int number) {
        for (SrtpProfile profile : values()) {
            if (profile.number == number) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    SrtpPolicy policy() {
        var policy =
                switch (this) {
                    case AEAD_AES_128_GCM ->
                        new SrtpPolicy(
                                SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, saltLength);
                    case AES128_CM_HMAC_SHA1_80 ->
                        new SrtpPolicy(
                                SrtpPolicy.AESCM_ENCRYPTION,
                                16,
                                SrtpPolicy.HMACSHA1_AUTHENTICATION,
                                20,
                                10,
                                saltLength);
                };
        // A retransmission (RFC 4585) is the same packet again; the sender's replay check would refuse it.
        policy.setSendReplayEnabled(false);
        return policy;
    }
}
