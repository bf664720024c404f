package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.e2e.InGrandstand;
import dev.grandstand.e2e.RawSocket;
import dev.grandstand.e2e.SignalingInstances;
import dev.grandstand.e2e.Venue;
import dev.grandstand.protocol.Json;
import dev.grandstand.signaling.SignalingService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that are forged, over, used, or for another room open nothing, whichever kind they are. */
@ExtendWith(InGrandstand.class)
class TokensIT {

    private final List<RawSocket> sockets = new ArrayList<>();
    private SignalingInstances instances;
    private SignalingService asking;
    private String room;

    @BeforeEach
    void start(Venue venue) {
        room = venue.newRoom("tokens-only");
        instances = new SignalingInstances(venue);
        asking = instances.start("asking", Jwt.asked());
    }

    @AfterEach
    void stop() {
        sockets.forEach(RawSocket::close);
        instances.close();
    }

    @Test
    void onlyTheIssuersTokensForThisRoomAndThisTimeOpenIt() {
        var good = Jwt.signed(Jwt.claims(room, Map.of()));
        var parts = good.split("\\.");
        var promoted = Jwt.encoded(Json.encode(Jwt.claims(room, Map.of("role", "moderator"))));
        var now = Instant.now().getEpochSecond();
        var header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        var bad = new LinkedHashMap<String, String>();
        bad.put("nothing", "");
        bad.put("garbage", "garbage");
        bad.put("dots", "..");
        bad.put("no signature", parts[0] + "." + parts[1] + ".");
        bad.put("other claims under the signature", parts[0] + "." + promoted + "." + parts[2]);
        bad.put(
                "no algorithm",
                Jwt.encoded("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + parts[1] + ".");
        bad.put("another algorithm's name", Jwt.signed("{\"alg\":\"HS512\"}", Jwt.claims(room, Map.of()), Jwt.SECRET));
        bad.put(
                "another issuer's",
                Jwt.signed(header, Jwt.claims(room, Map.of()), "another secret, of another installation"));
        bad.put("an empty secret's", Jwt.signed(header, Jwt.claims(room, Map.of()), " "));
        bad.put("over", Jwt.signed(Jwt.claims(room, Map.of("exp", now - 60))));
        bad.put("never over", Jwt.signed(Jwt.claims(room, Map.of("exp", ""))));
        bad.put("not yet", Jwt.signed(Jwt.claims(room, Map.of("nbf", now + 600))));
        bad.put("another room's", Jwt.signed(Jwt.claims(room + "-x", Map.of())));
        bad.put("no room's", Jwt.signed(Jwt.claims(room, Map.of("room", ""))));
        bad.put("a resume token", Jwt.encoded("{}".getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);

        var socket = socket();
        assertThat(bad)
                .allSatisfy((what, token) ->
                        assertThat(outcome(join(socket, room, token))).as(what).isEqualTo("unauthorized"));
        assertThat(outcome(join(socket, room, good))).isEqualTo("joined");
    }

    @Test
    void aTokenOpensNoDoorAgainForWhomItsOwnerWasBanned() {
        var mallory = Jwt.signed(Jwt.claims(room, Map.of("sub", "mallory")));
        var moderator = socket();
        join(moderator, room, Jwt.signed(Jwt.claims(room, Map.of("sub", "mia", "role", "moderator"))));
        var you = join(socket(), room, mallory).path("you").path("id").asText();

        moderator.send("{\"type\":\"ban\",\"id\":7,\"participant\":\"%s\"}".formatted(you));
        assertThat(moderator.reply(7).path("type").asText()).isEqualTo("ok");

        assertThat(outcome(join(socket(), room, mallory))).isEqualTo("banned");
    }

    @Test
    void onlyTheNewestResumeTokenOfSomebodyWhoIsStillThereTakesThemBack() throws Exception {
        var ann = socket();
        var token = join(ann, room, Jwt.signed(Jwt.claims(room, Map.of())))
                .path("resume")
                .asText();
        var parts = token.split("\\.");
        var contents = (ObjectNode) Json.tree(Base64.getUrlDecoder().decode(parts[0]));
        var bad = new LinkedHashMap<String, String>();
        bad.put("nothing", "");
        bad.put("garbage", "garbage");
        bad.put("a dot", ".");
        bad.put("no signature", parts[0] + ".");
        bad.put("half a signature", token.substring(0, token.length() - 10));
        bad.put("another signature", parts[0] + "." + Jwt.hmac(parts[0], Jwt.SECRET));
        bad.put("other contents under the signature", changed(contents, "participant", "somebody") + "." + parts[1]);
        bad.put(
                "over",
                sealed(changed(
                        contents, "expires", Instant.now().minusSeconds(1).toString())));
        bad.put("somebody who is not there", sealed(changed(contents, "participant", "somebody")));
        bad.put("another connection", sealed(changed(contents, "connection", "another")));
        bad.put("another room's", sealed(changed(contents, "room", room + "-x")));
        bad.put("contents that are none", sealed(Jwt.encoded("[]".getBytes(StandardCharsets.UTF_8))));
        bad.put("a JSON Web Token", Jwt.signed(Jwt.claims(room, Map.of())));

        var socket = socket();
        assertThat(bad)
                .allSatisfy((what, forged) ->
                        assertThat(outcome(resume(socket, forged))).as(what).isEqualTo("unauthorized"));
        assertThat(ann.isOpen()).isTrue();
        assertThat(outcome(resume(socket, token))).isEqualTo("joined");
        assertThat(outcome(resume(socket(), token))).as("used").isEqualTo("unauthorized");
    }

    private static String changed(ObjectNode contents, String field, String value) {
        return Jwt.encoded(Json.encode(contents.deepCopy().put(field, value)));
    }

    /** As the instance itself would. */
    private static String sealed(String contents) {
        return contents + "." + Jwt.hmac(contents, SignalingInstances.SECRET);
    }

    private RawSocket socket() {
        var socket = SignalingInstances.socket(asking);
        sockets.add(socket);
        return socket;
    }

    private static JsonNode join(RawSocket socket, String room, String token) {
        socket.forget();
        socket.send("{\"type\":\"join\",\"id\":1,\"room\":\"%s\",\"name\":\"Ann\",\"token\":\"%s\"}"
                .formatted(room, token));
        return socket.reply(1);
    }

    private JsonNode resume(RawSocket socket, String token) {
        socket.forget();
        socket.send("{\"type\":\"join\",\"id\":1,\"room\":\"%s\",\"name\":\"Ann\",\"resume\":\"%s\"}"
                .formatted(room, token));
        return socket.reply(1);
    }

    private static String outcome(JsonNode reply) {
        return reply.path("type").asText().equals("error")
                ? reply.path("code").asText()
                : reply.path("type").asText();
    }
}
