package dev.grandstand.protocol;

import java.security.SecureRandom;
import java.util.Base64;

/** 96 random bits as 16 characters: short enough for a log line, too many to meet twice. */
final class RandomId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private RandomId() {}

    static String next() {
        var bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }
}
