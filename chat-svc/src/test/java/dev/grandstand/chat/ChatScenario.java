package dev.grandstand.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
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
            scenario = scenario.and(new ChatEvent.MessagePosted(message), Instant.ofEpochMilli(message.at()));
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
        return new ChatCommand.PostMessage(new ParticipantId(who), new DisplayName(who), text);
    }

    static ChatMessage said(String id, double seconds, String who, String text) {
        return new ChatMessage(
                id,
                new ParticipantId(who),
                new DisplayName(who),
                text,
                at(seconds).toEpochMilli());
    }

    record Outcome(Chat before, CommandRecord<ChatCommand> command, List<ChatEvent> events) {

        Outcome then(ChatEvent... expected) {
            assertThat(events).containsExactly(expected);
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
