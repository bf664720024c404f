package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.at;
import static dev.grandstand.chat.ChatScenario.given;
import static dev.grandstand.chat.ChatScenario.givenNothing;
import static dev.grandstand.chat.ChatScenario.moderator;
import static dev.grandstand.chat.ChatScenario.posted;
import static dev.grandstand.chat.ChatScenario.said;
import static dev.grandstand.chat.ChatScenario.says;
import static dev.grandstand.chat.ChatScenario.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.Mention;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Posting, reading and reacting; what moderators do is in {@link ModeratingTest}. */
class ChatTest {

    private static final ParticipantId ANN = new ParticipantId("ann");
    private static final ChatState QUIET = new ChatState(null, null, 0, Map.of());

    private static ChatCommand read() {
        return new ChatCommand.ReadHistory(ANN);
    }

    private static ChatMessage[] messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> said("c" + n, n, "ann", "message " + n))
                .toArray(ChatMessage[]::new);
    }

    @Nested
    class Posting {

        @Test
        void aMessageIsPostedUnderTheCommandsId() {
            givenNothing().when("c1", 1, says("ann", "Hello")).then(posted("c1", 1, "ann", "Hello"));
        }

        @Test
        void whiteSpaceAroundItIsStripped() {
            givenNothing().when("c1", 1, says("ann", " \n two\nlines \t")).then(posted("c1", 1, "ann", "two\nlines"));
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
            givenNothing().when("c1", 1, says("ann", "x".repeat(501))).thenRefused("chat-rejected", "501");
        }

        @Test
        void markupAndLinksStayTheTextThatTheyAre() {
            var text = "<b>see</b> javascript:alert(1) https://example.org/?a=1&b=2";
            givenNothing().when("c1", 1, says("ann", text)).then(posted("c1", 1, "ann", text));
        }

        @Test
        void atMostTenPeopleAreMentionedAndEachOnce() {
            var people = IntStream.range(0, 12)
                    .mapToObj(n -> new Mention(new ParticipantId("p" + n), new DisplayName("P" + n)))
                    .toList();
            var twice = List.of(people.getFirst(), people.getFirst());
            assertThat(mentionsOf(people)).isEqualTo(people.subList(0, 10));
            assertThat(mentionsOf(twice)).isEqualTo(people.subList(0, 1));
            assertThat(mentionsOf(List.of())).isNull();
        }

        private List<Mention> mentionsOf(List<Mention> mentions) {
            var outcome = givenNothing().when("c", 1, new ChatCommand.PostMessage(viewer("ann"), "Hi", null, mentions));
            return ((ChatEvent.MessagePosted) outcome.events().getFirst())
                    .message()
                    .mentions();
        }
    }

    @Nested
    class SendingAgain {

        private final ChatScenario sent =
                givenNothing().when("c1", 1, says("ann", "Hello", "k1")).next();

        @Test
        void theSameClientsIdIsPostedOnceAndGivesTheSameId() {
            sent.when("c2", 2, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessageRepeated(new MessageId("c1")))
                    .next()
                    .when("c3", 30, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessageRepeated(new MessageId("c1")));
        }

        @Test
        void theEventCarriesTheClientsId() {
            givenNothing()
                    .when("c1", 1, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessagePosted(said("c1", 1, "ann", "Hello"), new ClientMessageId("k1")));
        }

        @Test
        void anotherParticipantsIdIsAnother() {
            assertThat(sent.when("c2", 2, says("bob", "Hello", "k1")).events().getFirst())
                    .isInstanceOf(ChatEvent.MessagePosted.class);
        }

        @Test
        void whatWasRefusedMayBeSentAgain() {
            givenNothing()
                    .when("c1", 1, says("ann", "", "k1"))
                    .thenRefused("chat-rejected")
                    .next()
                    .when("c2", 2, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessagePosted(said("c2", 2, "ann", "Hello"), new ClientMessageId("k1")));
        }

        @Test
        void whatWasAcceptedStaysAcceptedInSlowMode() {
            sent.and(new ChatEvent.SlowModeChanged(60, new ParticipantId("mod")), at(2))
                    .when("c2", 3, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessageRepeated(new MessageId("c1")));
        }

        @Test
        void aClearedChatStillKnowsWhatWasAccepted() {
            sent.and(new ChatEvent.MessagesCleared(new ParticipantId("mod")), at(2))
                    .when("c2", 3, says("ann", "Hello", "k1"))
                    .then(new ChatEvent.MessageRepeated(new MessageId("c1")));
        }

        @Test
        void theLastSixteenAreKnown() {
            var scenario = givenNothing();
            for (int n = 0; n < 17; n++) {
                scenario =
                        scenario.when("c" + n, n, says("ann", "Hello", "k" + n)).next();
            }
            scenario.when("x", 20, says("ann", "Hello", "k1")).then(new ChatEvent.MessageRepeated(new MessageId("c1")));
            assertThat(scenario.when("x", 20, says("ann", "Hello", "k0"))
                            .events()
                            .getFirst())
                    .isInstanceOf(ChatEvent.MessagePosted.class);
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
            five.when("6", 11.0, says("ann", "6")).then(posted("6", 11.0, "ann", "6"));
        }

        @Test
        void moderatorsHaveAPaceToo() {
            five.when("6", 10.5, says(moderator("ann"), "6")).thenRefused("rate-limited");
        }

        @Test
        void whatIsRefusedDoesNotCount() {
            five.when("6", 10.5, says("ann", "6"))
                    .thenRefused("rate-limited")
                    .next()
                    .when("7", 11.0, says("ann", "7"))
                    .then(posted("7", 11.0, "ann", "7"));
        }

        @Test
        void everybodyHasTheirOwnPace() {
            five.when("6", 10.5, says("bob", "6")).then(posted("6", 10.5, "bob", "6"));
        }

        @Test
        void whoeverIsQuietIsForgotten() {
            var later = five.when("6", 131, says("bob", "6")).next();
            assertThat(later.chat().speakers().known()).containsOnlyKeys(new ParticipantId("bob"));
        }
    }

    @Nested
    class Remembering {

        @Test
        void theLastFiftyMessagesOldestFirstAndWhereTheOlderOnesAre() {
            var messages = messages(120);
            given(messages)
                    .when("read", 200, read())
                    .then(new ChatEvent.HistoryRead(
                            ANN, List.of(messages).subList(70, 120), new ChatState(70L, null, 0, Map.of())));
        }

        @Test
        void nothingAtFirst() {
            givenNothing().when("read", 1, read()).then(new ChatEvent.HistoryRead(ANN, List.of(), QUIET));
        }

        @Test
        void pagesGoBackwardsToTheFirst() {
            var messages = List.of(messages(120));
            var scenario = given(messages(120));
            scenario.when("page", 200, new ChatCommand.ReadPage(ANN, 70))
                    .then(new ChatEvent.PageRead(ANN, messages.subList(20, 70), 20L));
            scenario.when("page", 200, new ChatCommand.ReadPage(ANN, 20))
                    .then(new ChatEvent.PageRead(ANN, messages.subList(0, 20), null));
            scenario.when("page", 200, new ChatCommand.ReadPage(ANN, 0))
                    .then(new ChatEvent.PageRead(ANN, List.of(), null));
        }

        @Test
        void aPageIsTheSameWhateverIsPostedOrDeletedAfterIt() {
            var messages = List.of(messages(120));
            given(messages(120))
                    .and(posted("new", 130, "bob", "news"), at(130))
                    .and(new ChatEvent.MessageDeleted(new MessageId("c70"), ANN), at(131))
                    .when("page", 200, new ChatCommand.ReadPage(ANN, 70))
                    .then(new ChatEvent.PageRead(ANN, messages.subList(20, 70), 20L));
        }

        @Test
        void fiveHundredMessagesAtMost() {
            var history = given(messages(1_200)).chat().history();
            assertThat(history.numbered()).hasSize(500);
            assertThat(history.page(701))
                    .isEqualTo(new History.Page(List.of(said("c700", 700, "ann", "message 700")), null));
        }
    }

    @Nested
    class Reacting {

        @Test
        void isAddedUp() {
            givenNothing()
                    .when("r", 1, new ChatCommand.AddReactions(Map.of(Reaction.HEART, 3)))
                    .then(new ChatEvent.ReactionsAdded(Map.of(Reaction.HEART, 3), Map.of(Reaction.HEART, 3L)))
                    .next()
                    .when("r", 2, new ChatCommand.AddReactions(Map.of(Reaction.HEART, 2, Reaction.CLAP, 1)))
                    .then(new ChatEvent.ReactionsAdded(
                            Map.of(Reaction.HEART, 2, Reaction.CLAP, 1), Map.of(Reaction.HEART, 5L, Reaction.CLAP, 1L)))
                    .next()
                    .when("read", 3, read())
                    .then(new ChatEvent.HistoryRead(
                            ANN,
                            List.of(),
                            new ChatState(null, null, 0, Map.of(Reaction.HEART, 5L, Reaction.CLAP, 1L))));
        }

        @Test
        void countsFromOne() {
            for (var counts : List.of(
                    Map.<Reaction, Integer>of(),
                    Map.of(Reaction.HEART, 0),
                    Map.of(Reaction.HEART, -1),
                    Map.of(Reaction.HEART, Integer.MAX_VALUE))) {
                givenNothing()
                        .when("r", 1, new ChatCommand.AddReactions(counts))
                        .thenRefused("chat-rejected");
            }
        }
    }

    @Nested
    class Closing {

        @Test
        void leavesNothing() {
            var cleared = given(said("1", 1, "ann", "Hello"), said("2", 2, "bob", "Hi"))
                    .and(new ChatEvent.SlowModeChanged(10, ANN), at(2))
                    .and(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), ANN), at(2))
                    .and(new ChatEvent.ReactionsAdded(Map.of(Reaction.HEART, 3), Map.of(Reaction.HEART, 3L)), at(2))
                    .when("clear", 3, new ChatCommand.ClearHistory())
                    .then(new ChatEvent.HistoryCleared())
                    .next();
            assertThat(cleared.chat()).isEqualTo(givenNothing().chat());
        }

        @Test
        void sparesWhatBelongsToTheRoomThatOpenedAgain() {
            var news = said("3", 60, "cleo", "A new show");
            given(said("1", 1, "ann", "Hello"), said("2", 2, "bob", "Hi"), news)
                    .and(new ChatEvent.SlowModeChanged(10, ANN), at(60))
                    .when("clear", 3, new ChatCommand.ClearHistory())
                    .next()
                    .when("read", 61, read())
                    .then(new ChatEvent.HistoryRead(ANN, List.of(news), new ChatState(null, null, 10, Map.of())));
        }

        @Test
        void includesWhatAFastClockSaidLast() {
            var cleared = given(said("1", 4.5, "ann", "Bye")).and(new ChatEvent.HistoryCleared(), at(3));
            assertThat(cleared.chat().isEmpty()).isTrue();
        }
    }
}
