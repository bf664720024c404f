package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentChatTest {

    private static final ParticipantId MO = new ParticipantId("mo");
    private static final ChatMessage FIRST = message(1);
    private static final ChatMessage SECOND = message(2);
    private static final ChatState STATE = new ChatState(7L, FIRST, 10, Map.of(Reaction.CLAP, 3L));
    private static final RecentChat READ = RecentChat.of(new ChatEvent.HistoryRead(MO, List.of(FIRST, SECOND), STATE));

    private static ChatMessage message(int number) {
        return new ChatMessage(
                new MessageId("m" + number), new ParticipantId("ann"), new DisplayName("Ann"), "Hello", number, null);
    }

    private static Optional<RecentChat> after(ChatEvent... events) {
        var chat = Optional.of(READ);
        for (var event : events) {
            chat = chat.flatMap(now -> now.after(event));
        }
        return chat;
    }

    @Test
    void whatIsSaidComesLast() {
        assertThat(after(new ChatEvent.MessagePosted(message(3), null)))
                .contains(new RecentChat(List.of(FIRST, SECOND, message(3)), STATE));
    }

    @Test
    void whatIsTakenOutIsGoneAndPinnedNoMore() {
        assertThat(after(new ChatEvent.MessageDeleted(SECOND.id(), MO)))
                .contains(new RecentChat(List.of(FIRST), STATE));
        assertThat(after(new ChatEvent.MessageDeleted(FIRST.id(), MO)))
                .contains(new RecentChat(List.of(SECOND), new ChatState(7L, null, 10, STATE.reactions())));
    }

    @Test
    void afterAllIsTakenOutThereIsNothingBeforeEither() {
        assertThat(after(new ChatEvent.MessagesCleared(MO)))
                .contains(new RecentChat(List.of(), new ChatState(null, null, 10, STATE.reactions())));
    }

    @Test
    void whatModeratorsSetAndHowPeopleReactIsKept() {
        assertThat(after(
                        new ChatEvent.MessageUnpinned(MO),
                        new ChatEvent.MessagePinned(SECOND, MO),
                        new ChatEvent.SlowModeChanged(0, MO),
                        new ChatEvent.ReactionsAdded(Map.of(Reaction.CLAP, 1), Map.of(Reaction.CLAP, 4L))))
                .contains(new RecentChat(
                        List.of(FIRST, SECOND), new ChatState(7L, SECOND, 0, Map.of(Reaction.CLAP, 4L))));
    }

    @Test
    void whatConcernsOnlyWhoAskedChangesNothing() {
        assertThat(after(
                        new ChatEvent.MessageRepeated(FIRST.id()),
                        new ChatEvent.PageRead(MO, List.of(message(0)), null),
                        new ChatEvent.CommandRefused("refused", "no")))
                .contains(READ);
    }

    @Test
    void itIsReadAgainAfterAHundredMessagesOrAnotherLifeOfTheRoom() {
        var upToAHundred = IntStream.rangeClosed(3, RecentChat.MOST)
                .mapToObj(number -> new ChatEvent.MessagePosted(message(number), null))
                .toArray(ChatEvent[]::new);
        assertThat(after(upToAHundred).map(chat -> chat.messages().size())).contains(RecentChat.MOST);

        assertThat(after(upToAHundred).flatMap(chat -> chat.after(new ChatEvent.MessagePosted(message(101), null))))
                .isEmpty();
        assertThat(after(new ChatEvent.HistoryCleared())).isEmpty();
    }
}
