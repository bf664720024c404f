package dev.grandstand.signaling;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever brings a JSON Web Token (RFC 7519) for the room. Its claims:
 *
 * <ul>
 *   <li>{@code exp} (required): when it ceases to open the room; {@code nbf} and {@code iat} are observed
 *   <li>{@code room} (required): the room's id, or {@code *} for every room
 *   <li>{@code sub}: who it is; a ban holds for it
 *   <li>{@code name}: what others see; the client's wish counts only if it is absent
 *   <li>{@code role}: {@code presenter}, {@code moderator} or {@code viewer} (the default)
 *   <li>{@code canPublish}, {@code canChat}, {@code canModerate}: what they may do; by default presenters and moderators
 *       publish, everybody chats, moderators moderate
 *   <li>{@code priority}: from 0, the default, to 9: whoever has a higher one is seated first when seats are short
 * </ul>
 *
 * A token is looked at when a client joins, not afterwards: whoever is in stays in.
 */
final class TokenAdmission implements Admission {

    private static final Logger LOG = LoggerFactory.getLogger(TokenAdmission.class);
    private static final String EVERY_ROOM = "*";

    private final TokenKeys keys;

    TokenAdmission(TokenKeys keys) {
        this.keys = keys;
    }

    @Override
    public Future<Admitted> admit(ClientMessage.Join join) {
        var token = join.token();
        if (token == null) {
            return unauthorized("a token is needed to join");
        }
        return keys.verifier(token)
                .compose(verifier -> verifier.authenticate(new TokenCredentials(token)))
                .map(user -> Optional.of(user.attributes().getJsonObject("accessToken")))
                .otherwise(e -> {
                    // The reason helps whoever forges tokens more than whoever has a bad one; the log has it.
                    LOG.atInfo().addKeyValue("room", join.room()).log("token refused: {}", e.getMessage());
                    return Optional.empty();
                })
                .compose(claims -> claims.isEmpty()
                        ? unauthorized("the token is not valid, or not any more")
                        : admitted(join, claims.get()));
    }

    private static Future<Admitted> admitted(ClientMessage.Join join, JsonObject claims) {
        try {
            if (!claims.containsKey("exp")) {
                return unauthorized("the token never ends; it needs an exp claim");
            }
            var room = claims.getString("room", "");
            if (!room.equals(EVERY_ROOM) && !room.equals(join.room().value())) {
                return unauthorized("the token is for another room");
            }
            var role = Role.valueOf(claims.getString("role", "viewer").toUpperCase(Locale.ROOT));
            var grants = new Grants(
                    claims.getBoolean("canPublish", role != Role.VIEWER),
                    claims.getBoolean("canChat", true),
                    claims.getBoolean("canModerate", role == Role.MODERATOR));
            var name = Optional.ofNullable(claims.getString("name")).map(DisplayName::new);
            var key = Optional.ofNullable(claims.getString("sub")).map(ClientKey::new);
            var priority = Optional.ofNullable(claims.getInteger("priority")).map(SeatPriority::new);
            return Future.succeededFuture(
                    new Admitted(name.orElse(join.name()), role, grants, key.orElse(null), priority.orElse(null)));
        } catch (ClassCastException | BadValue e) {
            return unauthorized("a claim of the token is not what it should be: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return unauthorized("the token's role is none of presenter, moderator and viewer");
        }
    }

    private static <T> Future<T> unauthorized(String message) {
        return Refusal.future(ErrorCode.UNAUTHORIZED, message);
    }
}
