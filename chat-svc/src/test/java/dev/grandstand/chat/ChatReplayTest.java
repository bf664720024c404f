package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.given;
import static dev.grandstand.chat.ChatScenario.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No event exists that a chat cannot replay. */
class ChatReplayTest {

    private static final ParticipantId ANN = new ParticipantId("ann");

    /** Whether the event changes a chat; what is only told to somebody does not. */
    private static final Map<ChatEvent, Boolean> SAMPLES = Map.ofEntries(
            Map.entry(new ChatEvent.MessagePosted(said("2", 2, "bob", "Hi"), null), true),
            Map.entry(new ChatEvent.MessageRepeated(new MessageId("1")), false),
            Map.entry(new ChatEvent.MessageDeleted(new MessageId("1"), ANN), true),
            Map.entry(new ChatEvent.MessagesCleared(ANN), true),
            Map.entry(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), ANN), true),
            Map.entry(new ChatEvent.MessageUnpinned(ANN), true),
            Map.entry(new ChatEvent.SlowModeChanged(10, ANN), true),
            Map.entry(new ChatEvent.ReactionsAdded(Map.of(Reaction.HEART, 1), Map.of(Reaction.HEART, 1L)), true),
            Map.entry(new ChatEvent.HistoryCleared(), true),
            Map.entry(new ChatEvent.HistoryRead(ANN, List.of(), new ChatState(null, null, 0, Map.of())), false),
            Map.entry(new ChatEvent.PageRead(ANN, List.of(), null), false),
            Map.entry(new ChatEvent.CommandRefused("chat-rejected", "no"), false));

    @Test
    void everyEventHasASampleAndCanBeReplayed() {
        assertThat(SAMPLES.keySet())
                .extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrderElementsOf(eventTypes(ChatEvent.class));
        var before = given(said("1", 1, "ann", "Hello"))
                .and(new ChatEvent.MessagePinned(said("0", 0, "ann", "Rules"), ANN), ChatScenario.at(1));
        SAMPLES.forEach((event, changes) -> {
            var after = before.and(event, ChatScenario.at(3));
            assertThat(after.chat().equals(before.chat())).as(event.toString()).isEqualTo(!changes);
        });
    }

    private static List<Class<?>> eventTypes(Class<?> family) {
        var types = new ArrayList<Class<?>>();
        for (var type : family.getPermittedSubclasses()) {
            types.addAll(type.isSealed() ? eventTypes(type) : List.of(type));
        }
        return types;
    }
}
