package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an instance tells about STUN and TURN is what a real browser takes. */
@ExtendWith(InGrandstand.class)
class IceServersIT {

    private static final String STUN = "stun:127.0.0.1:3478";
    private static final List<String> TURN =
            List.of("turn:127.0.0.1:3478?transport=udp", "turns:127.0.0.1:5349?transport=tcp");

    @Test
    void aBrowserConnectsWithCredentialsOfItsOwn(Venue venue) {
        try (var instances = new SignalingInstances(venue)) {
            var at = instances.start(
                    "turning",
                    Map.of(
                            "GRANDSTAND_ICE_SERVERS",
                            STUN,
                            "GRANDSTAND_TURN_URLS",
                            String.join(",", TURN),
                            "GRANDSTAND_TURN_SECRET",
                            "north"));
            var tess = venue.visitor(Venue.AUDIENCE, "Tess");

            tess.page()
                    .navigate("http://localhost:%d/room/%s?name=Tess&auto=view"
                            .formatted(at.port(), venue.newRoom("turn")));
            tess.awaitJoined();
            var you = tess.page().evaluate("() => window.grandstand.client.room.you.id");
            var servers = configured(tess);

            assertThat(servers).hasSize(2);
            assertThat(servers.getFirst()).containsEntry("urls", List.of(STUN)).containsEntry("username", "");
            assertThat(servers.getLast()).containsEntry("urls", TURN);
            var username = String.valueOf(servers.getLast().get("username")).split(":");
            assertThat(Long.parseLong(username[0])).isGreaterThan(Instant.now().getEpochSecond());
            assertThat(username[1]).isEqualTo(you);
            assertThat(String.valueOf(servers.getLast().get("credential"))).isNotEmpty();

            tess.breakConnection();
            tess.awaitJoined();
            assertThat(tess.page().evaluate("() => window.grandstand.client.room.you.id"))
                    .isEqualTo(you);
            assertThat(tess.console()).noneMatch(line -> line.startsWith("uncaught"));
        }
    }

    /** Of the newest connection that knows of them: the page makes one ahead. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> configured(Visitor visitor) {
        return (List<Map<String, Object>>) visitor.page().waitForFunction("""
                        () => window.peers.map(peer => peer.getConfiguration().iceServers)
                            .filter(servers => servers.length > 0)
                            .map(servers => servers.map(({ urls, username, credential }) =>
                                ({ urls: [urls].flat(), username: username ?? '', credential: credential ?? '' })))
                            .at(-1)
                        """).jsonValue();
    }
}
