package dev.grandstand.allocator;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import org.jspecify.annotations.Nullable;

/**
 * The operators' door.
 *
 * @param host the address that it listens on ({@code GRANDSTAND_ADMIN_HOST}, all of the machine's)
 * @param port of {@code /admin} ({@code GRANDSTAND_ALLOCATOR_ADMIN_PORT}, 8085)
 * @param token what operators show ({@code GRANDSTAND_ADMIN_TOKEN}, at least 32 characters); without one there is no door
 */
public record AdminDoor(String host, int port, @Nullable String token) {

    private static final int SHORTEST = 32;

    /** @throws BadConfiguration if a value cannot be used */
    static AdminDoor from(Env env) {
        var token = env.text("GRANDSTAND_ADMIN_TOKEN", "");
        if (!token.isEmpty() && token.length() < SHORTEST) {
            throw new BadConfiguration(
                    "GRANDSTAND_ADMIN_TOKEN", "(hidden)", "at least " + SHORTEST + " characters long");
        }
        return new AdminDoor(
                env.text("GRANDSTAND_ADMIN_HOST", "0.0.0.0"),
                env.port("GRANDSTAND_ALLOCATOR_ADMIN_PORT", 8085),
                token.isEmpty() ? null : token);
    }

    /** Without the token: it goes into the log with the rest of the configuration. */
    @Override
    public String toString() {
        return token == null ? "(off)" : host + ":" + port;
    }
}
