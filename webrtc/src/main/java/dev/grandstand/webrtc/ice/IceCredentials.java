package dev.grandstand.webrtc.ice;

import java.security.SecureRandom;

/**
 * By what the checks of one ICE session are told from all others (RFC 8839 section 5.4). A restart takes new ones.
 *
 * @param ufrag user name fragment
 * @param password key of the checks' integrity
 */
public record IceCredentials(String ufrag, String password) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** New ones, longer than the 24 and 128 bits of randomness that the RFC asks for. */
    public static IceCredentials random() {
        return new IceCredentials(random(8), random(24));
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
