package dev.grandstand.e2e.security;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes of a good frame one that nobody expects; the same again from the same seed. */
final class Mutation {

    /** What takes the place of a value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "1" + "0".repeat(400),
            "\"\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"\\u0000\"",
            "\"\\u202e<script>\"",
            "\"" + "x".repeat(2_000) + "\"",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "{\"a\":{\"a\":{\"a\":{}}}}",
            "{\"@class\":\"java.lang.Runtime\"}");

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    byte[] of(String good) {
        var text = good;
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            text = changed(text);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        // Seldom: the server closes a connection that sends what is no text, and a new one costs time.
        return random.nextInt(200) == 0 ? flipped(bytes) : bytes;
    }

    private String changed(String text) {
        return switch (random.nextInt(16)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1, 2 -> asciiNoise(text);
            case 3 -> text.replaceFirst("\\{", "{\"type\":\"ping\",");
            case 4 -> text.replaceFirst("\"type\" *:", "\"type\":\"" + "y".repeat(random.nextInt(80)) + "\",\"was\":");
            case 5 -> nested(text);
            case 6 -> text + text;
            case 7 -> without(text);
            default -> swappedValue(text);
        };
    }

    /** The value after some colon becomes another. */
    private String swappedValue(String text) {
        var colon = text.indexOf(':', random.nextInt(text.length() + 1));
        if (colon < 0) {
            return text;
        }
        var end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 1) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(end);
    }

    private String asciiNoise(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var noisy = new StringBuilder(text);
        noisy.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x80));
        return noisy.toString();
    }

    private String nested(String text) {
        var depth = 1 << random.nextInt(12);
        return random.nextBoolean()
                ? "[".repeat(depth) + text + "]".repeat(depth)
                : "{\"type\":\"ping\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private String without(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var from = random.nextInt(text.length());
        return text.substring(0, from) + text.substring(Math.min(text.length(), from + 1 + random.nextInt(12)));
    }

    private byte[] flipped(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }
}
