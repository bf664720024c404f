package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.at;
import static dev.grandstand.chat.ChatScenario.given;
import static dev.grandstand.chat.ChatScenario.givenNothing;
import static dev.grandstand.chat.ChatScenario.said;
import static dev.grandstand.chat.ChatScenario.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChatTest {

    private static final ParticipantId ANN = new ParticipantId("ann");

    @Nested
    class Posting {

        @Test
        void aMessageIsPostedUnderTheCommandsId() {
            givenNothing()
                    .when("c1", 1, says("ann", "Hello"))
                    .then(new ChatEvent.MessagePosted(said("c1", 1, "ann", "Hello")));
        }

        @Test
        void whiteSpaceAroundItIsStripped() {
            givenNothing()
                    .when("c1", 1, says("ann", " \n two\nlines \t"))
                    .then(new ChatEvent.MessagePosted(said("c1", 1, "ann", "two\nlines")));
        }

        @Test
        void nothingIsRefused() {
            givenNothing().when("c1", 1, says("ann", "")).thenRefused("chat-rejected");
            givenNothing().when("c1", 1, says("ann", " \n\u2003 ")).thenRefused("chat-rejected");
        }

        @Test
        void fiveHundredCharactersAreEnough() {
            var picture = "\uD83C\uDF89";
            assertThat(givenNothing()
                            .when("c1", 1, says("ann", picture.repeat(500)))
                            .events())
                    .singleElement()
                    .isInstanceOf(ChatEvent.MessagePosted.class);
            givenNothing().when("c1", 1, says("ann", "x".repeat(501))).thenRefused("chat-rejected");
        }
    }

    @Nested
    class Pacing {

        private final ChatScenario five = given(
                said("1", 10.0, "ann", "1"),
                said("2", 10.1, "ann", "2"),
                said("3", 10.2, "ann", "3"),
                said("4", 10.3, "ann", "4"),
                said("5", 10.4, "ann", "5"));

        @Test
        void aSixthMessageInASecondIsRefusedUntilTheSecondIsOver() {
            five.when("6", 10.999, says("ann", "6")).thenRefused("rate-limited");
            five.when("6", 11.0, says("ann", "6")).then(new ChatEvent.MessagePosted(said("6", 11.0, "ann", "6")));
        }

        @Test
        void whatIsRefusedDoesNotCount() {
            five.when("6", 10.5, says("ann", "6"))
                    .thenRefused("rate-limited")
                    .next()
                    .when("7", 11.0, says("ann", "7"))
                    .then(new ChatEvent.MessagePosted(said("7", 11.0, "ann", "7")));
        }

        @Test
        void everybodyHasTheirOwnPace() {
            five.when("6", 10.5, says("bob", "6")).then(new ChatEvent.MessagePosted(said("6", 10.5, "bob", "6")));
        }

        @Test
        void whoeverIsQuietIsForgotten() {
            var later = five.when("6", 21, says("bob", "6")).next();
            assertThat(later.chat().pace().recent()).containsOnlyKeys(new ParticipantId("bob"));
        }
    }

    @Nested
    class Remembering {

        @Test
        void theLastFiftyMessagesOldestFirst() {
            var messages = IntStream.range(0, 120)
                    .mapToObj(n -> said("c" + n, n, "ann", "message " + n))
                    .toArray(ChatMessage[]::new);
            given(messages)
                    .when("read", 200, new ChatCommand.ReadHistory(ANN))
                    .then(new ChatEvent.HistoryRead(ANN, List.of(messages).subList(70, 120)));
        }

        @Test
        void nothingAtFirst() {
            givenNothing()
                    .when("read", 1, new ChatCommand.ReadHistory(ANN))
                    .then(new ChatEvent.HistoryRead(ANN, List.of()));
        }
    }

    @Nested
    class Clearing {

        @Test
        void leavesNothing() {
            var cleared = given(said("1", 1, "ann", "Hello"), said("2", 2, "bob", "Hi"))
                    .when("clear", 3, new ChatCommand.ClearHistory())
                    .then(new ChatEvent.HistoryCleared())
                    .next();
            assertThat(cleared.chat()).isEqualTo(givenNothing().chat());
        }

        @Test
        void sparesWhatWasSaidAfterTheRoomOpenedAgain() {
            var news = said("3", 60, "cleo", "A new show");
            given(said("1", 1, "ann", "Hello"), said("2", 2, "bob", "Hi"), news)
                    .when("clear", 3, new ChatCommand.ClearHistory())
                    .next()
                    .when("read", 61, new ChatCommand.ReadHistory(ANN))
                    .then(new ChatEvent.HistoryRead(ANN, List.of(news)));
        }

        @Test
        void includesWhatAFastClockSaidLast() {
            var cleared = given(said("1", 4.5, "ann", "Bye")).and(new ChatEvent.HistoryCleared(), at(3));
            assertThat(cleared.chat().isEmpty()).isTrue();
        }
    }
}
