package dev.grandstand.e2e.security;

import dev.grandstand.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as an issuer makes them (RFC 7519, HS256), and as a forger does. */
final class Jwt {

    static final String SECRET = "a secret that the issuer shares with Grandstand";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Jwt() {}

    /** Variables of an instance that asks for them. */
    static Map<String, String> asked() {
        return Map.of("GRANDSTAND_AUTH", "jwt", "GRANDSTAND_JWT_SECRET", SECRET);
    }

    /** Good for a minute, unless {@code more} says otherwise; a claim that is empty there is left out. */
    static Map<String, Object> claims(String room, Map<String, Object> more) {
        var claims = new TreeMap<String, Object>(
                Map.of("room", room, "exp", Instant.now().plusSeconds(60).getEpochSecond()));
        claims.putAll(more);
        claims.values().removeIf(""::equals);
        return claims;
    }

    static String signed(Map<String, Object> claims) {
        return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, SECRET);
    }

    static String signed(String header, Map<String, Object> claims, String secret) {
        var contents = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + encoded(Json.encode(claims));
        return contents + "." + hmac(contents, secret);
    }

    static String encoded(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** HMAC-SHA256 in base64url; resume tokens are signed like that, too. */
    static String hmac(String contents, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return encoded(mac.doFinal(contents.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
