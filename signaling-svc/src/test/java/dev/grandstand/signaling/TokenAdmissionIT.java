package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenAdmissionIT {

    private static final String SECRET = "a secret that is long enough for HS256";
    private static final DisplayName ANN = new DisplayName("Ann");

    private final Vertx vertx = Vertx.vertx();
    private final Admission admission = new TokenAdmission(TokenKeys.shared(vertx, SECRET));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void onlyAdmissionWithoutTokensIsOpenToAnybody() {
        assertThat(admission.isOpen()).isFalse();
        assertThat(Admission.open().isOpen()).isTrue();
    }

    @Test
    void aViewersTokenLetsAViewerIn() throws Exception {
        var admitted = admit(signed(SECRET, claims().put("sub", "user-7")));

        assertThat(admitted)
                .isEqualTo(new Admission.Admitted(
                        ANN, Role.VIEWER, new Grants(false, true, false), new ClientKey("user-7"), null));
    }

    @Test
    void theTokensNameAndGrantsWin() throws Exception {
        var admitted = admit(signed(
                SECRET,
                claims().put("name", "Dr. Ann")
                        .put("role", "presenter")
                        .put("canChat", false)
                        .put("canModerate", true)));

        assertThat(admitted.name()).isEqualTo(new DisplayName("Dr. Ann"));
        assertThat(admitted.role()).isEqualTo(Role.PRESENTER);
        assertThat(admitted.grants()).isEqualTo(new Grants(true, false, true));
    }

    @Test
    void whoHasAPriorityIsSeatedWithIt() throws Exception {
        assertThat(admit(signed(SECRET, claims().put("priority", 7))).priority())
                .isEqualTo(new SeatPriority(7));
    }

    @Test
    void aTokenForEveryRoomOpensAny() throws Exception {
        assertThat(admit(signed(SECRET, claims().put("room", "*"))).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void whatIsNoGoodTokenIsRefused() {
        var past = Instant.now().minusSeconds(10).getEpochSecond();
        var future = Instant.now().plusSeconds(600).getEpochSecond();
        refused(null, "a token is needed");
        refused("", "not valid");
        refused("nonsense", "not valid");
        refused("a.b.c", "not valid");
        refused(signed("another secret that is long enough too!", claims()), "not valid");
        refused(signed(SECRET, claims()) + "x", "not valid");
        refused(unsigned(claims()), "not valid");
        refused(signed(SECRET, claims().put("exp", past)), "not valid");
        refused(signed(SECRET, claims().put("nbf", future)), "not valid");
        refused(signed(SECRET, without("exp")), "never ends");
        refused(signed(SECRET, claims().put("room", "another")), "another room");
        refused(signed(SECRET, without("room")), "another room");
        refused(signed(SECRET, claims().put("role", "king")), "role");
        refused(signed(SECRET, claims().put("role", 7)), "role");
        refused(signed(SECRET, claims().put("name", "")), "claim");
        refused(signed(SECRET, claims().put("canPublish", "yes")), "claim");
        refused(signed(SECRET, claims().put("priority", "high")), "claim");
        refused(signed(SECRET, claims().put("priority", 10)), "from 0 to 9");
    }

    @Test
    void aTokenUnderAPublishedKeyLetsIn() throws Exception {
        var issuer = new Issuer();
        var published = new TokenAdmission(TokenKeys.published(vertx, issuer.url));

        assertThat(get(published, issuer.token("key-1", claims())).role()).isEqualTo(Role.VIEWER);
        assertThat(get(published, issuer.token("key-1", claims())).role()).isEqualTo(Role.VIEWER);
        assertThat(issuer.asked).hasValue(1);

        // A shared secret made of the public key must not pass (CVE-2015-9235).
        var publicKey =
                Base64.getEncoder().encodeToString(issuer.keys.getPublic().getEncoded());
        assertThatThrownBy(() -> get(published, signed(publicKey, claims()))).hasMessageContaining("not valid");
    }

    @Test
    void anUnknownKeyIsNotAskedForAllTheTime() throws Exception {
        var issuer = new Issuer();
        var published = new TokenAdmission(TokenKeys.published(vertx, issuer.url));

        for (int i = 0; i < 20; i++) {
            var token = issuer.token("key-" + (i + 2), claims());
            assertThatThrownBy(() -> get(published, token)).hasMessageContaining("not valid");
        }

        assertThat(issuer.asked).hasValue(1);
    }

    @Test
    void halfAConfigurationIsRefused() {
        for (var variables : java.util.List.of(
                Map.of("GRANDSTAND_AUTH", "maybe"),
                Map.of("GRANDSTAND_AUTH", "jwt"),
                Map.of("GRANDSTAND_AUTH", "jwt", "GRANDSTAND_JWT_SECRET", "short"),
                Map.of("GRANDSTAND_AUTH", "jwt", "GRANDSTAND_JWT_JWKS_URL", "nonsense"))) {
            assertThatThrownBy(() -> AdmissionConfig.from(new Env(variables)))
                    .as(variables.toString())
                    .isInstanceOf(BadConfiguration.class);
        }
        var configured =
                AdmissionConfig.from(new Env(Map.of("GRANDSTAND_AUTH", "jwt", "GRANDSTAND_JWT_SECRET", SECRET)));
        assertThat(configured.toString()).doesNotContain(SECRET);
    }

    private void refused(@Nullable String token, String reason) {
        assertThatThrownBy(() -> get(admission, token))
                .as("token " + token)
                .cause()
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.toMessage(null).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
                    assertThat(refusal).hasMessageContaining(reason);
                });
    }

    private Admission.Admitted admit(String token) throws Exception {
        return get(admission, token);
    }

    private static Admission.Admitted get(Admission admission, @Nullable String token) throws Exception {
        return admission
                .admit(new ClientMessage.Join(1L, new RoomId("show"), ANN, null, null, Role.MODERATOR, token, null))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("room", "show")
                .put("exp", Instant.now().plusSeconds(60).getEpochSecond());
    }

    private static JsonObject without(String claim) {
        var claims = claims();
        claims.remove(claim);
        return claims;
    }

    private String signed(String secret, JsonObject claims) {
        return JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                                .addPubSecKey(new PubSecKeyOptions()
                                        .setAlgorithm("HS256")
                                        .setBuffer(Buffer.buffer(secret))))
                .generateToken(claims, new JWTOptions().setNoTimestamp(true));
    }

    private static String unsigned(JsonObject claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(
                        "{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "." + encoder.encodeToString(claims.toBuffer().getBytes()) + ".";
    }

    /** Publishes an RSA key set over HTTP and signs with it. */
    private final class Issuer {

        private final AtomicInteger asked = new AtomicInteger();
        private final KeyPair keys;
        private final URI url;

        Issuer() throws Exception {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            var server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        asked.incrementAndGet();
                        request.response()
                                .end(new JsonObject()
                                        .put("keys", new JsonArray().add(jwk("key-1")))
                                        .toBuffer());
                    })
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            url = URI.create("http://127.0.0.1:" + server.actualPort() + "/jwks.json");
        }

        private JsonObject jwk(String id) {
            var key = (RSAPublicKey) keys.getPublic();
            return new JsonObject()
                    .put("kty", "RSA")
                    .put("alg", "RS256")
                    .put("use", "sig")
                    .put("kid", id)
                    .put("n", number(key.getModulus()))
                    .put("e", number(key.getPublicExponent()));
        }

        String token(String id, JsonObject claims) {
            var pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            return JWTAuth.create(
                            vertx,
                            new JWTAuthOptions()
                                    .addPubSecKey(new PubSecKeyOptions()
                                            .setAlgorithm("RS256")
                                            .setId(id)
                                            .setBuffer(pem)))
                    .generateToken(
                            claims, new JWTOptions().setAlgorithm("RS256").setNoTimestamp(true));
        }

        private static String number(java.math.BigInteger value) {
            var bytes = value.toByteArray();
            var from = bytes[0] == 0 ? 1 : 0;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }
}
