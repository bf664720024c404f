package dev.grandstand.signaling;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals resume tokens and opens them: the contents as JSON and their HMAC-SHA256 (RFC 2104, RFC 6234), both in base64url,
 * with a dot between. Whoever has a token can read it but not make another. Lives on one event loop.
 */
final class ResumeTokens {

    /** A token is replaced when it is this old. */
    static final Duration RENEWAL = Duration.ofMinutes(1);

    /** The grace time of 20 s, and something for clocks that differ, after the oldest that a token gets. */
    static final Duration LIFETIME = RENEWAL.plusSeconds(40);

    private static final Logger LOG = LoggerFactory.getLogger(ResumeTokens.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Mac mac;
    private final InstantSource clock;
    private final boolean openElsewhere;

    ResumeTokens(ResumeSecret secret, InstantSource clock) {
        this.mac = mac(secret);
        this.clock = clock;
        this.openElsewhere = secret.shared();
    }

    /** Whether another instance can open them. */
    boolean openElsewhere() {
        return openElsewhere;
    }

    String seal(
            RoomId room,
            ParticipantId participant,
            ConnectionId connection,
            List<ResumeToken.Held> held,
            @Nullable SeatPriority priority) {
        var token =
                new ResumeToken(room, participant, connection, clock.instant().plus(LIFETIME), held, priority);
        var contents = ENCODER.encodeToString(Json.encode(token));
        return contents + "." + ENCODER.encodeToString(signature(contents));
    }

    /** The contents of a token that was sealed with the same secret, for this room, and has not expired. */
    Optional<ResumeToken> open(String sealed, RoomId room) {
        var dot = sealed.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var contents = sealed.substring(0, dot);
        try {
            var decoder = Base64.getUrlDecoder();
            if (!MessageDigest.isEqual(decoder.decode(sealed.substring(dot + 1)), signature(contents))) {
                return Optional.empty();
            }
            return Optional.of(Json.decode(decoder.decode(contents), ResumeToken.class))
                    .filter(token -> token.room().equals(room))
                    .filter(token -> clock.instant().isBefore(token.expires()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        } catch (BadJson ofAnotherVersion) {
            LOG.atWarn().setCause(ofAnotherVersion).log("a resume token that is ours was not understood");
            return Optional.empty();
        }
    }

    private byte[] signature(String contents) {
        return mac.doFinal(contents.getBytes(StandardCharsets.US_ASCII));
    }

    private static Mac mac(ResumeSecret secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
