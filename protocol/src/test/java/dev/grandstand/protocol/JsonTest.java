package dev.grandstand.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.room.RoomCommand;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "[]", "7", "null", "{\"type\":\"ping\"} trailing"})
    void whatIsNotOneJsonObjectIsRefused(String text) {
        assertThatThrownBy(() -> Json.decode(Json.tree(text.getBytes(UTF_8)), ClientMessage.class))
                .isInstanceOfSatisfying(BadJson.class, e -> assertThat(e.kind()).isEqualTo(BadJson.Kind.NOT_JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'join','room':'Not A Room','name':'Ann'}",
                "{'type':'join','room':'','name':'Ann'}",
                "{'type':'join','room':7.5,'name':'Ann'}",
                "{'type':'join','room':{},'name':'Ann'}"
            })
    void aBadFieldIsRefusedByName(String text) {
        assertThatThrownBy(() -> client(text)).isInstanceOfSatisfying(BadJson.class, e -> {
            assertThat(e.kind()).isEqualTo(BadJson.Kind.BAD_FIELD);
            assertThat(e.field()).isEqualTo("room");
        });
    }

    @Test
    void aFieldDeepInsideIsNamedByItsPath() {
        assertThatThrownBy(
                        () -> client("{'type':'candidate','stream':'s','candidate':{'sdpMid':'0','sdpMLineIndex':0}}"))
                .isInstanceOfSatisfying(
                        BadJson.class, e -> assertThat(e.field()).isEqualTo("candidate.candidate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'chat','text':'a \\ud83d b'}",
                "{'type':'chat','text':'\\ude00'}",
                "{'type':'chat','text':[{'text':'\\ude00'}]}"
            })
    void halfACharacterIsRefusedWhereverItStands(String text) {
        assertThatThrownBy(() -> client(text)).isInstanceOfSatisfying(BadJson.class, e -> {
            assertThat(e.kind()).isEqualTo(BadJson.Kind.BAD_FIELD);
            assertThat(e.field()).startsWith("text");
        });
    }

    @Test
    void aCharacterOfTwoHalvesIsWelcome() throws BadJson {
        assertThat(client("{'type':'chat','text':'\\ud83d\\ude00'}"))
                .isEqualTo(new ClientMessage.Chat(null, "😀", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'firstFrame','stream':'s','viewMs':-1}",
                "{'type':'firstFrame','stream':'s','viewMs':600001}",
                "{'type':'firstFrame','stream':'s','viewMs':1,'joinMs':-1}"
            })
    void aTimeThatIsNotPossibleIsRefused(String text) {
        assertThatThrownBy(() -> client(text))
                .isInstanceOfSatisfying(BadJson.class, e -> assertThat(e.kind()).isEqualTo(BadJson.Kind.BAD_FIELD));
    }

    @Test
    void theReasonOfABadValueIsTold() {
        assertThatThrownBy(() -> client("{'type':'join','room':'r','name':'  '}"))
                .hasMessageContaining("a name has 1 to 40 characters");
    }

    @Test
    void namesLoseTheSpaceAroundThem() throws BadJson {
        assertThat(client("{'type':'rename','name':'  Ann '}"))
                .isEqualTo(new ClientMessage.Rename(null, new DisplayName("Ann")));
    }

    @Test
    void aCommandRecordSurvivesTheTrip() throws BadJson {
        var written = new CommandRecord<RoomCommand>(
                CommandId.random(),
                new RoomId("r"),
                InstanceId.started("signaling"),
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                new RoomCommand.Leave(ParticipantId.random(), ConnectionId.random(), LeaveReason.LEFT));

        var type = new TypeReference<CommandRecord<RoomCommand>>() {};

        assertThat(Json.decode(Json.encode(written, type), type)).isEqualTo(written);
    }

    private static ClientMessage client(String text) throws BadJson {
        return Json.decode(Json.tree(text.replace('\'', '"').getBytes(UTF_8)), ClientMessage.class);
    }
}
