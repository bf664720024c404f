package dev.grandstand.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code given(events).when(command).then(events)}. Times are seconds after noon. */
record ChatScenario(Chat chat) {

    static final RoomId ROOM = new RoomId("main-stage");
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    static ChatScenario givenNothing() {
        return new ChatScenario(Chat.empty(ROOM));
    }

    static ChatScenario given(ChatMessage... messages) {
        var scenario = givenNothing();
        for (var message : messages) {
            scenario = scenario.and(new ChatEvent.MessagePosted(message, null), Instant.ofEpochMilli(message.at()));
        }
        return scenario;
    }

    ChatScenario and(ChatEvent event, Instant at) {
        return new ChatScenario(chat.evolve(new EventRecord<>(ROOM, new CommandId("c"), at, event)));
    }

    Outcome when(String id, double seconds, ChatCommand command) {
        var record = new CommandRecord<>(new CommandId(id), ROOM, new InstanceId("signaling.a"), at(seconds), command);
        return new Outcome(chat, record, chat.decide(record).events());
    }

    static Instant at(double seconds) {
        return NOON.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    static ChatCommand says(String who, String text) {
        return new ChatCommand.PostMessage(viewer(who), text, null, List.of());
    }

    static ChatCommand says(Participant who, String text) {
        return new ChatCommand.PostMessage(who, text, null, List.of());
    }

    static ChatCommand says(String who, String text, String clientId) {
        return new ChatCommand.PostMessage(viewer(who), text, new ClientMessageId(clientId), List.of());
    }

    static ChatEvent posted(String id, double seconds, String who, String text) {
        return new ChatEvent.MessagePosted(said(id, seconds, who, text), null);
    }

    static Participant viewer(String who) {
        return new Participant(new ParticipantId(who), new DisplayName(who), Role.VIEWER);
    }

    static Participant moderator(String who) {
        return viewer(who).as(Role.MODERATOR);
    }

    static ChatMessage said(String id, double seconds, String who, String text) {
        return new ChatMessage(
                new MessageId(id),
                new ParticipantId(who),
                new DisplayName(who),
                text,
                at(seconds).toEpochMilli(),
                null);
    }

    record Outcome(Chat before, CommandRecord<ChatCommand> command, List<ChatEvent> events) {

        Outcome then(ChatEvent... expected) {
            assertThat(events).containsExactly(expected);
            return this;
        }

        /** Refused, and the words for it contain this. */
        Outcome thenRefused(String code, String words) {
            thenRefused(code);
            assertThat(events.getFirst())
                    .isInstanceOfSatisfying(ChatEvent.CommandRefused.class, refused -> assertThat(refused.message())
                            .contains(words));
            return this;
        }

        Outcome thenRefused(String code) {
            assertThat(events).singleElement().isInstanceOfSatisfying(ChatEvent.CommandRefused.class, refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertThat(refused.message()).isNotBlank();
            });
            return this;
        }

        ChatScenario next() {
            var scenario = new ChatScenario(before);
            for (var event : events) {
                scenario = scenario.and(event, command.at());
            }
            return scenario;
        }
    }
}
