package dev.grandstand.signaling;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a socket (RFC 6455 section 10.2): those of this host, and those of the origins listed. A client
 * that is no browser sends no origin and may always: it has no cookies or trust of others to abuse.
 *
 * @param allowed origins such as {@code https://show.example.org}; {@code *} allows every page
 */
record Origins(Set<String> allowed) {

    /** Copies the set. */
    Origins {
        allowed = Set.copyOf(allowed);
    }

    boolean permits(ServerWebSocketHandshake handshake) {
        var host = handshake.authority();
        return permits(handshake.headers().get(HttpHeaders.ORIGIN), host == null ? null : host.toString());
    }

    boolean permits(@Nullable String origin, @Nullable String authority) {
        return origin == null
                || allowed.contains("*")
                || allowed.contains(origin)
                || authority != null && authority.equals(authorityOf(origin));
    }

    private static @Nullable String authorityOf(String origin) {
        try {
            return new URI(origin).getRawAuthority();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
