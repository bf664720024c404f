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

import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModeratingTest {

    private static final Participant MOD = moderator("mod");
    private static final ParticipantId ANN = new ParticipantId("ann");
    private static final MessageId FIRST = new MessageId("1");

    private final ChatScenario two = given(said("1", 1, "ann", "Hello"), said("2", 2, "bob", "Hi"));

    private static ChatCommand read() {
        return new ChatCommand.ReadHistory(ANN);
    }

    @Test
    void onlyModeratorsModerate() {
        var wishes = Map.<Class<?>, Function<Participant, ChatCommand>>of(
                ChatCommand.DeleteMessage.class, by -> new ChatCommand.DeleteMessage(by, FIRST),
                ChatCommand.ClearMessages.class, by -> new ChatCommand.ClearMessages(by),
                ChatCommand.PinMessage.class, by -> new ChatCommand.PinMessage(by, FIRST),
                ChatCommand.UnpinMessage.class, by -> new ChatCommand.UnpinMessage(by),
                ChatCommand.SetSlowMode.class, by -> new ChatCommand.SetSlowMode(by, 10));
        assertThat(wishes.keySet()).containsExactlyInAnyOrder(ChatCommand.Moderation.class.getPermittedSubclasses());
        wishes.values().forEach(wish -> {
            two.when("c", 3, wish.apply(viewer("ann"))).thenRefused("forbidden", "Only moderators");
            two.when("c", 3, wish.apply(viewer("ann").as(Role.PRESENTER))).thenRefused("forbidden", "Only moderators");
            assertThat(two.when("c", 3, wish.apply(MOD)).events())
                    .singleElement()
                    .isNotInstanceOf(ChatEvent.CommandRefused.class);
        });
    }

    @Nested
    class Deleting {

        @Test
        void takesTheMessageOutOfTheHistory() {
            two.when("c", 3, new ChatCommand.DeleteMessage(MOD, FIRST))
                    .then(new ChatEvent.MessageDeleted(FIRST, MOD.id()))
                    .next()
                    .when("read", 4, read())
                    .then(new ChatEvent.HistoryRead(
                            ANN, List.of(said("2", 2, "bob", "Hi")), new ChatState(null, null, 0, Map.of())));
        }

        @Test
        void whatIsNotThereIsRefused() {
            two.when("c", 3, new ChatCommand.DeleteMessage(MOD, new MessageId("9")))
                    .thenRefused("not-found");
        }

        @Test
        void unpinsTheMessage() {
            var pinned = two.and(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), MOD.id()), at(3));
            assertThat(pinned.when("c", 4, new ChatCommand.DeleteMessage(MOD, FIRST))
                            .next()
                            .chat()
                            .settings())
                    .isEqualTo(Settings.NONE);
        }

        @Test
        void whatWasDeletedIsNotPostedByBeingSentAgain() {
            givenNothing()
                    .when("c1", 1, says("ann", "Rude", "k"))
                    .next()
                    .when("c2", 2, new ChatCommand.DeleteMessage(MOD, new MessageId("c1")))
                    .next()
                    .when("c3", 3, says("ann", "Rude", "k"))
                    .then(new ChatEvent.MessageRepeated(new MessageId("c1")));
        }
    }

    @Nested
    class Clearing {

        @Test
        void takesEveryMessageOutButNotTheRules() {
            var cleared = two.and(new ChatEvent.SlowModeChanged(10, MOD.id()), at(3))
                    .and(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), MOD.id()), at(3))
                    .when("c", 4, new ChatCommand.ClearMessages(MOD))
                    .then(new ChatEvent.MessagesCleared(MOD.id()))
                    .next();
            cleared.when("read", 5, read())
                    .then(new ChatEvent.HistoryRead(ANN, List.of(), new ChatState(null, null, 10, Map.of())));
            cleared.when("c", 6, says("bob", "Hi")).thenRefused("rate-limited", "6 seconds");
        }
    }

    @Nested
    class Pinning {

        @Test
        void showsTheMessageEvenWhenTheHistoryHasMovedOn() {
            var scenario = two.when("c", 3, new ChatCommand.PinMessage(MOD, FIRST))
                    .then(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), MOD.id()))
                    .next();
            for (int n = 0; n < 600; n++) {
                scenario = scenario.and(posted("n" + n, 10 + n, "bob", "news"), at(10 + n));
            }
            var state = ((ChatEvent.HistoryRead)
                            scenario.when("read", 700, read()).events().getFirst())
                    .state();
            assertThat(state.pinned()).isEqualTo(said("1", 1, "ann", "Hello"));
            scenario.when("again", 701, new ChatCommand.PinMessage(MOD, FIRST))
                    .then(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), MOD.id()));
        }

        @Test
        void whatIsNotThereIsRefused() {
            two.when("c", 3, new ChatCommand.PinMessage(MOD, new MessageId("9")))
                    .thenRefused("not-found");
        }

        @Test
        void endsByUnpinning() {
            var unpinned = two.and(new ChatEvent.MessagePinned(said("1", 1, "ann", "Hello"), MOD.id()), at(3))
                    .when("c", 4, new ChatCommand.UnpinMessage(MOD))
                    .then(new ChatEvent.MessageUnpinned(MOD.id()))
                    .next();
            assertThat(unpinned.chat().settings()).isEqualTo(Settings.NONE);
        }
    }

    @Nested
    class SlowMode {

        private final ChatScenario slow = givenNothing()
                .when("c", 1, new ChatCommand.SetSlowMode(MOD, 30))
                .then(new ChatEvent.SlowModeChanged(30, MOD.id()))
                .next()
                .when("1", 10, says("ann", "Hello"))
                .then(posted("1", 10, "ann", "Hello"))
                .next();

        @Test
        void makesEverybodyWaitAndSaysHowLong() {
            slow.when("c", 10.5, says("ann", "More")).thenRefused("rate-limited", "30 seconds");
            slow.when("c", 39.9, says("ann", "More")).thenRefused("rate-limited", "1 seconds");
            slow.when("c", 40, says("ann", "More")).then(posted("c", 40, "ann", "More"));
            slow.when("c", 11, says("bob", "Hi")).then(posted("c", 11, "bob", "Hi"));
        }

        @Test
        void exemptsModerators() {
            slow.when("c", 11, says(moderator("ann"), "More")).then(posted("c", 11, "ann", "More"));
        }

        @Test
        void remembersForAsLongAsItLasts() {
            var slower = slow.and(new ChatEvent.SlowModeChanged(600, MOD.id()), at(11))
                    .when("c", 400, says("bob", "Hi"))
                    .next();
            slower.when("c", 609, says("ann", "More")).thenRefused("rate-limited");
            slower.when("c", 610, says("ann", "More")).then(posted("c", 610, "ann", "More"));
        }

        @Test
        void isOffAtZero() {
            slow.when("c", 11, new ChatCommand.SetSlowMode(MOD, 0))
                    .then(new ChatEvent.SlowModeChanged(0, MOD.id()))
                    .next()
                    .when("c", 11, says("ann", "More"))
                    .then(posted("c", 11, "ann", "More"));
        }

        @Test
        void hasLimits() {
            for (var seconds : Arrays.asList(-1, 601, Integer.MAX_VALUE)) {
                slow.when("c", 11, new ChatCommand.SetSlowMode(MOD, seconds)).thenRefused("refused", "600");
            }
        }
    }
}
