package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a client sends, it gets a clear answer, its socket lives on, and nobody else notices. */
@ExtendWith(InGrandstand.class)
class BadInputIT {

    /** An offer that says nothing wrong in its first line and nothing right afterwards. */
    private static final String BAD_SDP =
            "v=0\\r\\no=- 1 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\nm=video what is this\\r\\n";

    /** What is sent, and what has to come back. */
    private record Case(String what, Consumer<RawSocket> sending, String code, String field, int id) {

        static Case text(String what, String frame, String code) {
            return new Case(what, socket -> socket.send(frame), code, "", -1);
        }

        static Case request(String what, String frame, String code, String field) {
            return new Case(what, socket -> socket.send(frame), code, field, 7);
        }

        /** @return what is wrong with the answer, empty if nothing */
        List<String> run(RawSocket socket) {
            socket.forget();
            sending.accept(socket);
            var error =
                    socket.first(what, message -> message.path("type").asText().equals("error"));
            var wrong = new ArrayList<String>();
            check(wrong, "code", code, error.path("code").asText());
            check(wrong, "field", field, error.path("field").asText(""));
            check(
                    wrong,
                    "id",
                    String.valueOf(id),
                    String.valueOf(error.path("id").asInt(-1)));
            if (error.path("message").asText().isBlank()) {
                wrong.add(what + ": has no message");
            }
            if (error.path("message").asText().contains("Exception")) {
                wrong.add(what + ": tells of our insides: " + error);
            }
            return wrong;
        }

        private void check(List<String> wrong, String part, String expected, String found) {
            if (!expected.equals(found)) {
                wrong.add("%s: %s is '%s' instead of '%s'".formatted(what, part, found, expected));
            }
        }
    }

    private static final List<Case> BEFORE_JOINING = List.of(
            Case.text("no JSON", "hello", "bad-json"),
            Case.text("half an object", "{\"type\":\"ping\"", "bad-json"),
            Case.text("two objects", "{\"type\":\"ping\"}{\"type\":\"ping\"}", "bad-json"),
            Case.text("an array", "[1,2,3]", "bad-json"),
            Case.text("a number", "12", "bad-json"),
            Case.text("nothing", "", "bad-json"),
            Case.text("a tower of brackets", "[".repeat(20_000), "bad-json"),
            new Case("a binary frame", socket -> socket.sendBinary(new byte[] {1, 2, 3}), "bad-json", "", -1),
            Case.text("1 MiB", "x".repeat(1 << 20), "too-large"),
            Case.text("1 MiB of JSON", "{\"type\":\"chat\",\"text\":\"" + "x".repeat(1 << 20) + "\"}", "too-large"),
            Case.request("no type", "{\"id\":7}", "missing-field", "type"),
            Case.request("an unknown type", "{\"type\":\"dance\",\"id\":7}", "unknown-type", "type"),
            Case.request("no room", "{\"type\":\"join\",\"id\":7,\"name\":\"Eve\"}", "missing-field", "room"),
            Case.request("no name", "{\"type\":\"join\",\"id\":7,\"room\":\"a\"}", "missing-field", "name"),
            Case.request(
                    "a room that cannot be",
                    "{\"type\":\"join\",\"id\":7,\"room\":\"../etc\",\"name\":\"Eve\"}",
                    "bad-field",
                    "room"),
            Case.request(
                    "a name too long",
                    "{\"type\":\"join\",\"id\":7,\"room\":\"a\",\"name\":\"" + "e".repeat(41) + "\"}",
                    "bad-field",
                    "name"),
            Case.request(
                    "half a character for a name",
                    "{\"type\":\"join\",\"id\":7,\"room\":\"a\",\"name\":\"\\ud800\"}",
                    "bad-field",
                    "name"),
            Case.request(
                    "an object for a name",
                    "{\"type\":\"join\",\"id\":7,\"room\":\"a\",\"name\":{}}",
                    "bad-field",
                    "name"),
            Case.request("chat from outside", "{\"type\":\"chat\",\"id\":7,\"text\":\"hi\"}", "not-joined", ""),
            Case.request(
                    "publishing from outside",
                    "{\"type\":\"publish\",\"id\":7,\"stream\":\"s\",\"kind\":\"camera\",\"sdp\":\"v=0\"}",
                    "not-joined",
                    ""));

    private static final List<Case> INSIDE = List.of(
            Case.request(
                    "joining twice",
                    "{\"type\":\"join\",\"id\":7,\"room\":\"a\",\"name\":\"Eve\"}",
                    "already-joined",
                    ""),
            Case.request(
                    "an offer that is none",
                    "{\"type\":\"publish\",\"id\":7,\"stream\":\"s\",\"kind\":\"camera\",\"sdp\":\"please\"}",
                    "bad-sdp",
                    ""),
            Case.request(
                    "an offer that only looks like one",
                    "{\"type\":\"publish\",\"id\":7,\"stream\":\"s\",\"kind\":\"camera\",\"sdp\":\"" + BAD_SDP + "\"}",
                    "bad-sdp",
                    ""),
            Case.request(
                    "a kind that does not exist",
                    "{\"type\":\"publish\",\"id\":7,\"stream\":\"s\",\"kind\":\"hologram\",\"sdp\":\"v=0\"}",
                    "bad-field",
                    "kind"),
            Case.request(
                    "watching what is not there",
                    "{\"type\":\"view\",\"id\":7,\"stream\":\"nobody\",\"sdp\":\"v=0\\r\\nm=video 9 UDP/TLS/RTP/SAVPF 96\\r\\n\"}",
                    "unknown-stream",
                    ""),
            new Case(
                    "a candidate for what is not there",
                    socket -> socket.send(
                            "{\"type\":\"candidate\",\"stream\":\"nobody\",\"candidate\":{\"candidate\":\"candidate:1 1 udp 1 127.0.0.1 9 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}"),
                    "unknown-stream",
                    "",
                    -1),
            Case.request(
                    "ending what is not there",
                    "{\"type\":\"unpublish\",\"id\":7,\"stream\":\"nobody\"}",
                    "unknown-stream",
                    ""),
            Case.request("empty chat", "{\"type\":\"chat\",\"id\":7,\"text\":\"  \"}", "chat-rejected", ""),
            Case.request(
                    "endless chat",
                    "{\"type\":\"chat\",\"id\":7,\"text\":\"" + "x".repeat(501) + "\"}",
                    "chat-rejected",
                    ""));

    @Test
    void aBadMessageIsAnsweredByAnErrorAndDisturbsNobody(Venue venue) {
        var room = venue.newRoom("undisturbed");
        venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var eve = venue.socket();

        var wrong = new ArrayList<String>();
        BEFORE_JOINING.forEach(one -> wrong.addAll(one.run(eve)));
        assertThat(eve.join(room, "Eve").path("type").asText()).isEqualTo("joined");
        INSIDE.forEach(one -> wrong.addAll(one.run(eve)));

        assertThat(wrong).isEmpty();
        assertThat(eve.send("{\"type\":\"ping\",\"id\":8}")
                        .reply(8)
                        .path("type")
                        .asText())
                .isEqualTo("pong");
        assertThat(eve.isOpen()).isTrue();
        vera.awaitFramesOf("Ann", 20);
        assertThat(vera.element("tile").count()).isOne();
        assertThat(vera.chat()).isEmpty();
        assertThat(venue.system().endpointsOf(room)).hasSize(2);
        assertThat(vera.console()).noneMatch(line -> line.startsWith("uncaught"));
    }

    @Test
    void aRoomOpensWithItsFirstVisitor(Venue venue) {
        var joined = venue.socket().join(venue.newRoom("any-new-room"), "Someone");

        assertThat(joined.path("type").asText()).isEqualTo("joined");
        assertThat(joined.path("you").path("name").asText()).isEqualTo("Someone");
        assertThat(joined.path("streams")).isEmpty();
        assertThat(joined.path("audience").asInt()).isOne();
        assertThat(joined.path("roster").findValuesAsText("name")).containsExactly("Someone");
    }

    @Test
    void nobodyTakesTheStreamOfAnotherFromTheAir(Venue venue) {
        var room = venue.newRoom("no-theft");
        venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        var eve = venue.socket();
        eve.join(room, "Eve");

        eve.send("{\"type\":\"unpublish\",\"id\":2,\"stream\":\"%s\"}".formatted(stream));
        eve.send(
                "{\"type\":\"publish\",\"id\":3,\"stream\":\"%s\",\"kind\":\"camera\",\"sdp\":\"v=0\\r\\nm=video 9 UDP/TLS/RTP/SAVPF 96\\r\\n\"}"
                        .formatted(stream));

        assertThat(code(eve.reply(2))).isEqualTo("unknown-stream");
        assertThat(code(eve.reply(3))).isEqualTo("stream-taken");
        vera.awaitFramesOf("Ann", 20);
    }

    private static String code(JsonNode reply) {
        return reply.path("code").asText();
    }
}
