package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ParticipantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {

    private final Origins origins = new Origins(Set.of("https://show.example.org"));

    @Test
    void pagesOfThisHostAndOfListedOriginsMay() {
        assertThat(origins.permits("http://localhost:8080", "localhost:8080")).isTrue();
        assertThat(origins.permits("https://show.example.org", "media.example.org"))
                .isTrue();
    }

    @Test
    void clientsWithoutAnOriginMay() {
        assertThat(origins.permits(null, "localhost:8080")).isTrue();
    }

    @Test
    void otherPagesMayNot() {
        for (var origin : List.of(
                "https://evil.example",
                "http://localhost:8081",
                "null",
                "http://localhost:8080.evil.example",
                "::::")) {
            assertThat(origins.permits(origin, "localhost:8080")).as(origin).isFalse();
        }
    }

    @Test
    void aStarAllowsEveryPage() {
        assertThat(new Origins(Set.of("*")).permits("https://evil.example", "localhost"))
                .isTrue();
    }

    /** The expected password was computed with: printf '%s' "1000600:ann" | openssl dgst -sha1 -hmac north -binary | base64 */
    @Test
    void turnCredentialsAreWhatTheTurnServerComputes() {
        var turn = new TurnCredentials(List.of("turn:turn.example.org:3478"), "north", Duration.ofMinutes(10));

        var server = turn.issue(new ParticipantId("ann"), Instant.ofEpochSecond(1_000_000));

        assertThat(server.username()).isEqualTo("1000600:ann");
        assertThat(server.credential()).isEqualTo("211vDeKG8lmKcyYLwxGEaCh7mXU=");
        assertThat(turn.toString()).doesNotContain("north");
    }
}
