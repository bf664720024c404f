package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.e2e.InGrandstand;
import dev.grandstand.e2e.SignalingInstances;
import dev.grandstand.e2e.Venue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page of elsewhere opens no socket here, unless it was said that it may (RFC 6455 section 10.2). */
@ExtendWith(InGrandstand.class)
class OriginsIT {

    @Test
    void onlyPagesOfThisHostAndOfListedOriginsOpenSockets(Venue venue) throws Exception {
        try (var instances = new SignalingInstances(venue)) {
            var port = instances
                    .start("listed", Map.of("GRANDSTAND_ORIGINS", "https://show.example.org"))
                    .port();

            assertThat(status(port, "http://localhost:" + port)).isEqualTo("101");
            assertThat(status(port, "https://show.example.org")).isEqualTo("101");
            for (var other : new String[] {
                "https://evil.example.org",
                "https://show.example.org.evil.example",
                "https://evil.example/https://show.example.org",
                "http://show.example.org",
                "https://show.example.org:8443",
                "http://localhost",
                "http://localhost:" + (port + 1),
                "http://localhost:" + port + "@evil.example",
                "null",
                "nonsense",
                ""
            }) {
                assertThat(status(port, other)).as("origin '" + other + "'").isEqualTo("403");
            }
            try (var noBrowser = new BareSocket(port, "")) {
                assertThat(noBrowser.status()).isEqualTo("101");
            }
        }
    }

    private static String status(int port, String origin) throws Exception {
        try (var socket = new BareSocket(port, "Origin: " + origin + "\r\n")) {
            return socket.status();
        }
    }
}
