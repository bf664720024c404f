package dev.grandstand.signaling;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With what tokens are verified: a shared secret, or the keys that an issuer publishes. */
interface TokenKeys {

    /** The verifier for a token; fails if none can be had. */
    Future<JWTAuth> verifier(String token);

    /** HS256 (RFC 7518 section 3.2) under a secret shared with the issuer. */
    static TokenKeys shared(Vertx vertx, String secret) {
        var verifier = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .setJWTOptions(new JWTOptions().setLeeway(0))
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(secret))));
        return token -> Future.succeededFuture(verifier);
    }

    /** The key set (RFC 7517) behind a URL, fetched when a token names a key that is not known, but not all the time. */
    static TokenKeys published(Vertx vertx, URI url) {
        return new PublishedKeys(vertx, url, System::nanoTime);
    }

    /** Keys as the issuer publishes them. Lives on one event loop. */
    final class PublishedKeys implements TokenKeys {

        private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
        private static final Duration TIMEOUT = Duration.ofSeconds(3);
        private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);
        private static final Duration LONGEST_AGE = Duration.ofMinutes(10);

        private final Vertx vertx;
        private final URI url;
        private final LongSupplier nanoClock;
        private Set<String> known = Set.of();
        private Future<JWTAuth> verifier = Future.failedFuture("no keys yet");
        private long fetchedAt;

        PublishedKeys(Vertx vertx, URI url, LongSupplier nanoClock) {
            this.vertx = vertx;
            this.url = url;
            this.nanoClock = nanoClock;
            this.fetchedAt = nanoClock.getAsLong() - LONGEST_AGE.toNanos();
        }

        @Override
        public Future<JWTAuth> verifier(String token) {
            var age = Duration.ofNanos(nanoClock.getAsLong() - fetchedAt);
            var missing = !known.contains(keyOf(token));
            if (age.compareTo(LONGEST_AGE) >= 0 || missing && age.compareTo(SHORTEST_INTERVAL) >= 0) {
                fetchedAt = nanoClock.getAsLong();
                var former = verifier;
                verifier = fetch().recover(e -> {
                    LOG.atWarn().addKeyValue("url", url).setCause(e).log("keys not fetched");
                    return former;
                });
            }
            return verifier;
        }

        private Future<JWTAuth> fetch() {
            var client = vertx.createHttpClient();
            return client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setAbsoluteURI(url.toString())
                            .setTimeout(TIMEOUT.toMillis()))
                    .compose(request -> request.send().compose(HttpClientResponse::body))
                    .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .map(this::read)
                    .eventually(client::close);
        }

        private JWTAuth read(Buffer body) {
            var keys = body.toJsonObject().getJsonArray("keys").stream()
                    .map(JsonObject.class::cast)
                    // A symmetric key has no place in what everybody can read.
                    .filter(key -> !"oct".equals(key.getString("kty")))
                    .toList();
            var ids = new HashSet<String>();
            keys.forEach(key -> ids.add(key.getString("kid", "")));
            known = Set.copyOf(ids);
            return JWTAuth.create(vertx, new JWTAuthOptions().setJwks(List.copyOf(keys)));
        }

        /** The key that the token's header names; what is no token names none, and is refused by the verifier. */
        private static String keyOf(String token) {
            try {
                var header = Base64.getUrlDecoder().decode(token.split("\\.", 2)[0]);
                return new JsonObject(new String(header, StandardCharsets.UTF_8)).getString("kid", "");
            } catch (RuntimeException e) {
                return "";
            }
        }
    }
}
