package dev.grandstand.servicekit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operators' door of a service.
 *
 * @param host the address that it listens on ({@code GRANDSTAND_ADMIN_HOST}, all of the machine's)
 * @param port of {@code /admin}
 * @param token what operators show ({@code GRANDSTAND_ADMIN_TOKEN}, at least 32 characters); without one there is no door
 */
public record AdminDoor(String host, int port, @Nullable String token) {

    private static final int SHORTEST = 32;

    /**
     * @param portVariable the variable with this service's port
     * @param usualPort its port where that is not set
     * @throws BadConfiguration if a value cannot be used
     */
    public static AdminDoor from(Env env, String portVariable, int usualPort) {
        var token = env.text("GRANDSTAND_ADMIN_TOKEN", "");
        if (!token.isEmpty() && token.length() < SHORTEST) {
            throw new BadConfiguration(
                    "GRANDSTAND_ADMIN_TOKEN", "(hidden)", "at least " + SHORTEST + " characters long");
        }
        return new AdminDoor(
                env.text("GRANDSTAND_ADMIN_HOST", "0.0.0.0"),
                env.port(portVariable, usualPort),
                token.isEmpty() ? null : token);
    }

    /** What operators show, if there is a door. */
    public Optional<String> secret() {
        return Optional.ofNullable(token);
    }

    /** Without the token: it goes into the log with the rest of the configuration. */
    @Override
    public String toString() {
        return token == null ? "(off)" : host + ":" + port;
    }
}
