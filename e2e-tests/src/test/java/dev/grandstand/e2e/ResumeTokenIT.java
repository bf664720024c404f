package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.signaling.SignalingService;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two signaling instances that share a secret, beside the running system's own, which has another. */
@ExtendWith(InGrandstand.class)
class ResumeTokenIT {

    private SignalingInstances instances;
    private SignalingService first;
    private SignalingService second;
    private String room;

    @BeforeEach
    void start(Venue venue) {
        room = venue.newRoom("tokens");
        instances = new SignalingInstances(venue);
        first = instances.start("first", Map.of());
        second = instances.start("second", Map.of());
    }

    @AfterEach
    void stop() {
        instances.close();
    }

    @Test
    void whoWasAtOneInstanceComesBackToTheOther(Venue venue) {
        try (var witness = venue.socket()) {
            witness.join(room, "Wanda");
            var ann = socket(first);
            var joined = ann.join(room, "Ann");
            witness.forget();
            ann.close();
            witness.first("Ann to be disconnected", message -> isAbout(message, "participantDisconnected"));

            try (var again = socket(second)) {
                var back = resume(again, room, token(joined));

                assertThat(back.path("type").asText()).isEqualTo("joined");
                assertThat(back.path("you")).isEqualTo(joined.path("you"));
                assertThat(back.path("audience").asInt()).isEqualTo(2);
                assertThat(token(back)).isNotEqualTo(token(joined));
                witness.first("Ann to be back", message -> isAbout(message, "participantResumed"));
                assertThat(witness.received()).noneMatch(message -> isAbout(message, "participantLeft"));
            }
        }
    }

    @Test
    void aConnectionThatOnlySeemsWellIsTakenOver() {
        try (var old = socket(first);
                var next = socket(second)) {
            var joined = old.join(room, "Ann");

            assertThat(resume(next, room, token(joined)).path("you")).isEqualTo(joined.path("you"));

            Visitor.await("the old connection to be closed").until(() -> !old.isOpen());
        }
    }

    @Test
    void aTokenIsGoodOnce() {
        try (var old = socket(first);
                var next = socket(second);
                var thief = socket(first)) {
            var token = token(old.join(room, "Ann"));
            resume(next, room, token);

            assertThat(resume(thief, room, token).path("code").asText()).isEqualTo("unauthorized");
            assertThat(next.isOpen()).isTrue();
        }
    }

    @Test
    void aTokenOfAnotherRoomOrAnotherSecretOpensNothing(Venue venue) {
        try (var ann = socket(first);
                var next = socket(second);
                var stranger = venue.socket()) {
            var token = token(ann.join(room, "Ann"));

            assertThat(resume(next, room + "-x", token).path("code").asText()).isEqualTo("unauthorized");
            assertThat(resume(stranger, room, token).path("code").asText()).isEqualTo("unauthorized");
            assertThat(ann.isOpen()).isTrue();
        }
    }

    @Test
    void whoLeftDoesNotComeBack() {
        try (var ann = socket(first);
                var next = socket(second)) {
            var token = token(ann.join(room, "Ann"));
            ann.send("{\"type\":\"leave\",\"id\":2}").reply(2);

            assertThat(resume(next, room, token).path("code").asText()).isEqualTo("unauthorized");
            next.forget();
            assertThat(next.join(room, "Ann").path("type").asText()).isEqualTo("joined");
        }
    }

    private static RawSocket socket(SignalingService at) {
        return SignalingInstances.socket(at);
    }

    private static JsonNode resume(RawSocket socket, String room, String token) {
        socket.send("{\"type\":\"join\",\"id\":9,\"room\":\"%s\",\"name\":\"Ann\",\"resume\":\"%s\"}"
                .formatted(room, token));
        return socket.reply(9);
    }

    private static String token(JsonNode joined) {
        return joined.path("resume").asText();
    }

    private static boolean isAbout(JsonNode message, String type) {
        return message.path("type").asText().equals(type);
    }
}
