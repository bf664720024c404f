package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalChatTest {

    private static final ParticipantId MO = new ParticipantId("mo");
    private static final ChatMessage HELLO =
            new ChatMessage(new MessageId("m"), new ParticipantId("ann"), new DisplayName("Ann"), "Hello", 1, null);

    private final Clockwork clock = new Clockwork();
    private final List<ServerMessage> told = new ArrayList<>();
    private final List<Map<Reaction, Integer>> sent = new ArrayList<>();
    private final LocalChat chat = new LocalChat(new Told(), () -> false, clock, sent::add);

    @Test
    void whatChangesIsTold() {
        chat.apply(new ChatEvent.MessagePosted(HELLO, null));
        chat.apply(new ChatEvent.MessagePinned(HELLO, MO));
        chat.apply(new ChatEvent.MessageUnpinned(MO));
        chat.apply(new ChatEvent.SlowModeChanged(10, MO));
        chat.apply(new ChatEvent.MessageDeleted(HELLO.id(), MO));
        chat.apply(new ChatEvent.MessagesCleared(MO));

        assertThat(told)
                .containsExactly(
                        new ServerMessage.Chat(HELLO),
                        new ServerMessage.MessagePinned(HELLO),
                        new ServerMessage.MessageUnpinned(),
                        new ServerMessage.SlowMode(10),
                        new ServerMessage.MessageDeleted(HELLO.id()),
                        new ServerMessage.ChatCleared());
    }

    @Test
    void whatConcernsOnlyWhoAskedIsNot() {
        chat.apply(new ChatEvent.MessageRepeated(HELLO.id()));
        chat.apply(new ChatEvent.PageRead(MO, List.of(HELLO), null));
        chat.apply(new ChatEvent.CommandRefused("refused", "no"));

        assertThat(told).isEmpty();
    }

    @Test
    void newcomersAreToldWhatWasReadOutAndWhatCameAfterIt() {
        chat.apply(new ChatEvent.MessagePosted(HELLO, null));
        assertThat(chat.recent()).isEmpty();

        chat.apply(new ChatEvent.HistoryRead(MO, List.of(HELLO), new ChatState(null, null, 0, Map.of())));
        chat.apply(new ChatEvent.SlowModeChanged(10, MO));

        assertThat(chat.recent()).contains(new RecentChat(List.of(HELLO), new ChatState(null, null, 10, Map.of())));
        assertThat(told).hasSize(2);
    }

    @Test
    void aThousandReactionsAreTwoCommandsASecond() {
        for (int n = 0; n < 1_000; n++) {
            chat.react(n % 4 == 0 ? Reaction.CLAP : Reaction.HEART);
            clock.pass(Duration.ofMillis(1));
        }
        clock.pass(Duration.ofSeconds(1));

        assertThat(sent).hasSizeLessThanOrEqualTo(3);
        assertThat(sent.stream().mapToInt(sum -> sum.get(Reaction.HEART)).sum()).isEqualTo(750);
        assertThat(sent.stream().mapToInt(sum -> sum.get(Reaction.CLAP)).sum()).isEqualTo(250);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void theCountsOfAllInstancesAreToldTwiceASecond() {
        chat.apply(new ChatEvent.ReactionsAdded(Map.of(Reaction.HEART, 2), Map.of(Reaction.HEART, 2L)));
        clock.pass(Duration.ofMillis(200));
        chat.apply(new ChatEvent.ReactionsAdded(
                Map.of(Reaction.HEART, 1, Reaction.FIRE, 4), Map.of(Reaction.HEART, 3L, Reaction.FIRE, 4L)));
        assertThat(told).isEmpty();

        clock.pass(Duration.ofMillis(300));

        assertThat(told)
                .containsExactly(new ServerMessage.Reactions(
                        Map.of(Reaction.HEART, 3, Reaction.FIRE, 4), Map.of(Reaction.HEART, 3L, Reaction.FIRE, 4L)));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void whoeverWritesCanBeMentioned() {
        chat.apply(new ChatEvent.MessagePosted(HELLO, null));

        assertThat(chat.names().mentionedIn("Hi @ann")).hasSize(1);
    }

    private final class Told implements ChatFanout.Room {

        @Override
        public void tell(ServerMessage news) {
            told.add(news);
        }

        @Override
        public void tell(int share, ServerMessage news) {
            throw new AssertionError("a small room has no shares");
        }
    }
}
