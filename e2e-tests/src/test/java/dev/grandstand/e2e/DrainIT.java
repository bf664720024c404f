package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.signaling.SignalingService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An instance that stops, as on SIGTERM, loses nobody. */
@ExtendWith(InGrandstand.class)
class DrainIT {

    private static final int GUESTS = 12;
    private static final int SERVICE_RESTART = 1012;

    private final List<AutoCloseable> sockets = new ArrayList<>();
    private SignalingInstances instances;
    private String room;

    @BeforeEach
    void prepare(Venue venue) {
        room = venue.newRoom("draining");
        instances = new SignalingInstances(venue);
    }

    @AfterEach
    void close() throws Exception {
        for (var socket : sockets) {
            socket.close();
        }
        instances.close();
    }

    @Test
    void everybodyGoesOnAtAnotherInstance() throws Exception {
        var stopping = instances.start("stopping", Map.of("GRANDSTAND_DRAIN", "5s"));
        var staying = instances.start("staying", Map.of());
        var witness = socket(staying);
        witness.join(room, "Wanda");
        var guests = new ArrayList<Guest>();
        for (int guest = 0; guest < GUESTS; guest++) {
            var socket = socket(stopping);
            guests.add(new Guest(socket, socket.join(room, "Guest " + guest)));
        }
        assertThat(status(stopping)).isEqualTo(200);
        witness.forget();

        var stopped = instances.stop(stopping);

        assertThat(status(stopping)).isEqualTo(503);
        assertThatThrownBy(() -> new RawSocket(SignalingInstances.address(stopping)))
                .hasStackTraceContaining("503");
        // Each event loop begins with somebody at once; who that is nobody can tell.
        assertThat(guests).as("not all at once").anyMatch(guest -> guest.socket()
                .isOpen());
        for (var guest : guests) {
            assertThat(guest.socket().closeCode()).isEqualTo(SERVICE_RESTART);
            var back = resume(socket(staying), guest.token());
            assertThat(back.path("type").asText()).isEqualTo("joined");
            assertThat(back.path("you")).isEqualTo(guest.joined().path("you"));
            assertThat(back.path("audience").asInt()).isEqualTo(GUESTS + 1);
        }
        stopped.get(30, TimeUnit.SECONDS);
        witness.send("{\"type\":\"people\",\"id\":77}");
        assertThat(witness.reply(77).path("people")).hasSize(GUESTS + 1);
        assertThat(witness.received())
                .noneMatch(message -> message.path("type").asText().equals("participantLeft"));
        assertThat(witness.received())
                .filteredOn(message -> message.path("type").asText().equals("participantResumed"))
                .hasSize(GUESTS);
    }

    @Test
    void whoCannotComeBackAnywhereHasLeftBeforeTheInstanceIsGone() throws Exception {
        var alone = instances.start("alone", Map.of("GRANDSTAND_SECRET", ""));
        var staying = instances.start("staying", Map.of());
        var witness = socket(staying);
        witness.join(room, "Wanda");
        var guest = socket(alone);
        var joined = guest.join(room, "Guest");
        var away = socket(alone);
        away.join(room, "Away");
        away.close();
        witness.first(
                "Away to be disconnected",
                message -> message.path("type").asText().equals("participantDisconnected"));

        instances.stop(alone).get(30, TimeUnit.SECONDS);

        assertThat(guest.closeCode()).isEqualTo(SERVICE_RESTART);
        witness.first(
                "both to have left",
                message -> message.path("type").asText().equals("participantLeft")
                        && message.path("audience").asInt() == 1);
        assertThat(resume(socket(staying), joined.path("resume").asText())
                        .path("code")
                        .asText())
                .isEqualTo("unauthorized");
    }

    private record Guest(RawSocket socket, JsonNode joined) {

        String token() {
            return socket.received().stream()
                    .filter(message -> message.path("type").asText().equals("resume"))
                    .reduce((earlier, later) -> later)
                    .map(message -> message.path("token").asText())
                    .orElse(joined.path("resume").asText());
        }
    }

    private RawSocket socket(SignalingService at) {
        var socket = SignalingInstances.socket(at);
        sockets.add(socket);
        return socket;
    }

    private JsonNode resume(RawSocket socket, String token) {
        socket.send("{\"type\":\"join\",\"id\":9,\"room\":\"%s\",\"name\":\"Guest\",\"resume\":\"%s\"}"
                .formatted(room, token));
        return socket.reply(9);
    }

    private static int status(SignalingService of) throws Exception {
        var ready = URI.create("http://localhost:" + of.port() + "/health/ready");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
