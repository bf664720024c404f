package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.IceServer;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IceServersTest {

    private static final ParticipantId ANN = new ParticipantId("p-ann");
    private static final Instant NOW = Instant.ofEpochSecond(1_795_171_645);
    private static final String STUN = "stun:stun.example.org:3478";
    private static final String TURN = "turn:turn.example.org:3478?transport=udp";

    @Test
    void withoutConfigurationThereAreNone() {
        assertThat(issued(Map.of())).isEmpty();
    }

    @Test
    void aTurnServersCredentialsAreTheParticipantsOwnAndEnd() {
        var issued = issued(Map.of(
                "GRANDSTAND_ICE_SERVERS",
                STUN,
                "GRANDSTAND_TURN_URLS",
                TURN + ", turns:turn.example.org:5349?transport=tcp",
                "GRANDSTAND_TURN_SECRET",
                "north",
                "GRANDSTAND_TURN_LIFETIME",
                "12h"));

        // The password is what `echo -n 1795214845:p-ann | openssl dgst -sha1 -hmac north -binary | base64` says.
        assertThat(issued)
                .containsExactly(
                        new IceServer(List.of(STUN), null, null),
                        new IceServer(
                                List.of(TURN, "turns:turn.example.org:5349?transport=tcp"),
                                "1795214845:p-ann",
                                "LLsaSGCvpKVYftJdv4C2yyEv4Cw="));
    }

    @Test
    void halfOfTurnIsRefused() {
        assertThatThrownBy(() -> issued(Map.of("GRANDSTAND_TURN_URLS", TURN)))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_TURN_SECRET");
        assertThatThrownBy(() -> issued(Map.of("GRANDSTAND_TURN_SECRET", "north")))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_TURN_URLS");
    }

    /** A browser throws at each of these, and connects to nothing then. */
    @ParameterizedTest
    @CsvSource({
        "GRANDSTAND_ICE_SERVERS, turn:turn.example.org",
        "GRANDSTAND_ICE_SERVERS, http://stun.example.org",
        "GRANDSTAND_ICE_SERVERS, stun.example.org",
        "GRANDSTAND_ICE_SERVERS, stun:",
        "GRANDSTAND_ICE_SERVERS, stun:stun.example.org?transport=udp",
        "GRANDSTAND_TURN_URLS, stun:turn.example.org",
        "GRANDSTAND_TURN_URLS, turn:ann@turn.example.org",
        "GRANDSTAND_TURN_URLS, turn:turn.example.org?transport=sctp"
    })
    void whatABrowserRefusesIsRefusedAtTheStart(String variable, String url) {
        assertThatThrownBy(() -> issued(Map.of(variable, url, "GRANDSTAND_TURN_SECRET", "north")))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(url);
    }

    @Test
    void theSecretIsNotToldToTheLog() {
        var servers =
                IceServers.from(new Env(Map.of("GRANDSTAND_TURN_URLS", TURN, "GRANDSTAND_TURN_SECRET", "north-north")));

        assertThat(servers.toString()).doesNotContain("north-north").contains(TURN);
    }

    private static List<IceServer> issued(Map<String, String> variables) {
        return IceServers.from(new Env(variables)).issue(ANN, NOW);
    }
}
