package dev.grandstand.signaling;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.IceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-limited credentials for a TURN server that shares a secret with us, as coturn's {@code use-auth-secret} checks
 * them (draft-uberti-behave-turn-rest-00): the user name is when they expire and for whom they are, the password its
 * HMAC-SHA1 under the secret.
 *
 * @param urls of the TURN server
 * @param secret shared with it
 * @param lifetime how long the credentials hold
 */
public record TurnCredentials(List<String> urls, String secret, Duration lifetime) {

    /** Copies the list. */
    public TurnCredentials {
        urls = List.copyOf(urls);
    }

    IceServer issue(ParticipantId participant, Instant now) {
        var username = now.plus(lifetime).getEpochSecond() + ":" + participant;
        return new IceServer(urls, username, sign(username));
    }

    private String sign(String username) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /** Without the secret: it goes into the log with the rest of the configuration. */
    @Override
    public String toString() {
        return "TurnCredentials[urls=" + urls + ", lifetime=" + lifetime + "]";
    }
}
