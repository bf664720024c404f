package dev.grandstand.webrtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate's SHA-256 fingerprint as in SDP (RFC 8122).
 *
 * @param value upper-case hexadecimal pairs separated by colons
 */
public record Fingerprint(String value) {

    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    /** The fingerprint of a certificate. */
    public static Fingerprint of(byte[] derCertificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(derCertificate);
            return new Fingerprint(HEX.formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    /** Reads {@code sha-256 AB:CD:…}; empty if it is malformed or of another hash, which browsers do not use. */
    public static Optional<Fingerprint> parse(String attribute) {
        String[] parts = attribute.strip().split(" +");
        if (parts.length != 2 || !parts[0].equalsIgnoreCase("sha-256")) {
            return Optional.empty();
        }
        try {
            byte[] digest = HEX.parseHex(parts[1].toUpperCase(Locale.ROOT));
            return digest.length == 32 ? Optional.of(new Fingerprint(HEX.formatHex(digest))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a certificate has this fingerprint; takes the same time whatever differs. */
    public boolean matches(byte[] derCertificate) {
        return MessageDigest.isEqual(HEX.parseHex(value), HEX.parseHex(of(derCertificate).value));
    }

    /** The value of an SDP {@code fingerprint} attribute. */
    @Override
    public String toString() {
        return "sha-256 " + value;
    }
}
