package dev.grandstand.servicekit;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** What somebody has to show to be let in (RFC 6750 section 2.1). */
public final class BearerToken {

    private static final String BEARER = "Bearer ";

    private final byte[] token;

    /** @param token what has to be shown */
    public BearerToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the request shows it; compared in a time that says nothing of where what is shown differs. */
    public boolean isShownBy(RoutingContext request) {
        var shown = Objects.requireNonNullElse(request.request().getHeader(HttpHeaders.AUTHORIZATION), "");
        return shown.startsWith(BEARER)
                && MessageDigest.isEqual(shown.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
    }

    /** Tells whoever was not let in how to ask (RFC 9110 section 11.6.1); the answer's status is the caller's. */
    public static void challenge(RoutingContext request, String realm) {
        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
    }
}
