package dev.grandstand.signaling;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;

/**
 * Who is let in ({@code GRANDSTAND_AUTH}): {@code open} (the default, for a laptop) or {@code jwt}, with either a shared
 * secret of at least 32 characters ({@code GRANDSTAND_JWT_SECRET}) or the URL of a key set ({@code
 * GRANDSTAND_JWT_JWKS_URL}).
 */
public sealed interface AdmissionConfig {

    /** Shortest secret, in characters: HS256 asks for 256 bits (RFC 7518 section 3.2). */
    int SHORTEST_SECRET = 32;

    /** @throws BadConfiguration if a value cannot be used */
    static AdmissionConfig from(Env env) {
        var mode = env.text("GRANDSTAND_AUTH", "open");
        return switch (mode) {
            case "open" -> new Open();
            case "jwt" -> token(env);
            default -> throw new BadConfiguration("GRANDSTAND_AUTH", mode, "open or jwt");
        };
    }

    private static AdmissionConfig token(Env env) {
        var secret = env.text("GRANDSTAND_JWT_SECRET", "");
        var urls = env.uris("GRANDSTAND_JWT_JWKS_URL", List.of());
        if (secret.isEmpty() == urls.isEmpty()) {
            throw new BadConfiguration(
                    "GRANDSTAND_AUTH",
                    "jwt",
                    "complete without one of GRANDSTAND_JWT_SECRET and GRANDSTAND_JWT_JWKS_URL");
        }
        if (!urls.isEmpty()) {
            return new Published(urls.getFirst());
        }
        if (secret.length() < SHORTEST_SECRET) {
            throw new BadConfiguration(
                    "GRANDSTAND_JWT_SECRET", "(hidden)", "at least " + SHORTEST_SECRET + " characters long");
        }
        return new Shared(secret);
    }

    /** An admission for one event loop. */
    default Admission create(Vertx vertx) {
        return switch (this) {
            case Open open -> Admission.open();
            case Shared shared -> new TokenAdmission(TokenKeys.shared(vertx, shared.secret()));
            case Published published -> new TokenAdmission(TokenKeys.published(vertx, published.keys()));
        };
    }

    /** Everybody. */
    record Open() implements AdmissionConfig {}

    /**
     * Tokens under a shared secret.
     *
     * @param secret shared with whoever issues tokens
     */
    record Shared(String secret) implements AdmissionConfig {

        /** Without the secret: it goes into the log with the rest of the configuration. */
        @Override
        public String toString() {
            return "Shared[secret=(hidden)]";
        }
    }

    /**
     * Tokens under the issuer's keys.
     *
     * @param keys where they are published
     */
    record Published(URI keys) implements AdmissionConfig {}
}
