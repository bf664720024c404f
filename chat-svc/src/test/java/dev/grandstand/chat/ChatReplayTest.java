package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.given;
import static dev.grandstand.chat.ChatScenario.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No event exists that a chat cannot replay. */
class ChatReplayTest {

    /** Whether the event changes a chat; what is only told to somebody does not. */
    private static final Map<ChatEvent, Boolean> SAMPLES = Map.of(
            new ChatEvent.MessagePosted(said("2", 2, "bob", "Hi")), true,
            new ChatEvent.HistoryCleared(), true,
            new ChatEvent.HistoryRead(new ParticipantId("ann"), List.of()), false,
            new ChatEvent.CommandRefused("chat-rejected", "no"), false);

    @Test
    void everyEventHasASampleAndCanBeReplayed() {
        assertThat(SAMPLES.keySet())
                .extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrder((Object[]) ChatEvent.class.getPermittedSubclasses());
        SAMPLES.forEach((event, changes) -> {
            var before = given(said("1", 1, "ann", "Hello"));
            var after = before.and(event, ChatScenario.at(3));
            assertThat(after.chat().equals(before.chat())).isEqualTo(!changes);
        });
    }
}
