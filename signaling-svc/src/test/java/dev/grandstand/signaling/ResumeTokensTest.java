package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumeTokensTest {

    private static final RoomId ROOM = new RoomId("show");
    private static final ParticipantId ANN = new ParticipantId("p-ann");
    private static final ConnectionId CONNECTION = new ConnectionId("c-1");
    private static final MediaLocation ENDPOINT =
            new MediaLocation(new NodeRef(new NodeId("n"), URI.create("ws://n:8888/kurento")), "pipeline", "endpoint");
    private static final List<ResumeToken.Held> HELD = List.of(
            new ResumeToken.Held(new StreamId("p-ann-camera"), ENDPOINT, null),
            new ResumeToken.Held(new StreamId("p-bob-camera"), ENDPOINT, "bobs-endpoint"));

    private final ResumeSecret secret = ResumeSecret.ofThisProcess();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final ResumeTokens tokens = new ResumeTokens(secret, () -> now);
    private final String sealed = tokens.seal(ROOM, ANN, CONNECTION, HELD, new SeatPriority(7));

    @Test
    void whatWasSealedIsFoundAgain() {
        assertThat(tokens.open(sealed, ROOM))
                .contains(new ResumeToken(
                        ROOM, ANN, CONNECTION, now.plus(ResumeTokens.LIFETIME), HELD, new SeatPriority(7)));
        assertThat(HELD).extracting(ResumeToken.Held::direction).containsExactly(Direction.PUBLISH, Direction.VIEW);
    }

    @Test
    void anotherInstanceWithTheSameSecretOpensIt() {
        assertThat(new ResumeTokens(secret, () -> now).open(sealed, ROOM)).isPresent();
    }

    @Test
    void anotherSecretDoesNot() {
        assertThat(new ResumeTokens(ResumeSecret.ofThisProcess(), () -> now).open(sealed, ROOM))
                .isEmpty();
    }

    @Test
    void itOpensNoOtherRoom() {
        assertThat(tokens.open(sealed, new RoomId("other"))).isEmpty();
    }

    @Test
    void itExpires() {
        now = now.plus(ResumeTokens.LIFETIME).minusNanos(1);
        assertThat(tokens.open(sealed, ROOM)).isPresent();
        now = now.plusNanos(1);
        assertThat(tokens.open(sealed, ROOM)).isEmpty();
    }

    @Test
    void changedContentsAreNotBelieved() {
        var parts = sealed.split("\\.");
        var contents = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        var forged = contents.replace("p-ann\"", "p-bob\"");
        assertThat(forged).isNotEqualTo(contents);

        assertThat(tokens.open(base64(forged) + "." + parts[1], ROOM)).isEmpty();
        assertThat(tokens.open(parts[0] + "." + base64("no signature"), ROOM)).isEmpty();
    }

    @Test
    void everySingleChangedCharacterIsNoticed() {
        for (int at = 0; at < sealed.length() - 1; at++) {
            var changed = new StringBuilder(sealed);
            changed.setCharAt(at, sealed.charAt(at) == 'A' ? 'B' : 'A');
            assertThat(tokens.open(changed.toString(), ROOM)).isEmpty();
        }
    }

    @Test
    void whatIsNoTokenIsNone() {
        for (var none :
                List.of("", ".", "a.b", "contents.signature", "\u00e9.\u00e9", "a.b.c", sealed + ".", "." + sealed)) {
            assertThat(tokens.open(none, ROOM)).isEmpty();
        }
    }

    @Test
    void aSecretIsLongEnoughAndStaysOutOfTheLog() {
        var configured = "0123456789abcdef0123456789abcdef";
        assertThat(ResumeSecret.from(new Env(Map.of("GRANDSTAND_SECRET", configured))))
                .isEqualTo(new ResumeSecret(configured, true))
                .hasToString("(hidden)");
        assertThat(ResumeSecret.from(new Env(Map.of())).toString()).isEqualTo("(of this process)");
        assertThatThrownBy(() -> ResumeSecret.from(new Env(Map.of("GRANDSTAND_SECRET", "short"))))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_SECRET")
                .hasMessageNotContaining("short");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
