package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.ParticipantId;
import java.util.List;

/** What happened in a room's chat. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatEvent.MessagePosted.class, name = "messagePosted"),
    @JsonSubTypes.Type(value = ChatEvent.HistoryRead.class, name = "historyRead"),
    @JsonSubTypes.Type(value = ChatEvent.HistoryCleared.class, name = "historyCleared"),
    @JsonSubTypes.Type(value = ChatEvent.CommandRefused.class, name = "commandRefused"),
})
public sealed interface ChatEvent {

    /**
     * Somebody said something.
     *
     * @param message what
     */
    record MessagePosted(ChatMessage message) implements ChatEvent {}

    /**
     * The last messages, for somebody who joined; whatever is posted after it in the topic is news to them.
     *
     * @param participant for whom
     * @param messages at most 50, oldest first
     */
    record HistoryRead(ParticipantId participant, List<ChatMessage> messages) implements ChatEvent {

        /** Copies what it is given. */
        public HistoryRead {
            messages = List.copyOf(messages);
        }
    }

    /** The room closed; its messages are gone. */
    record HistoryCleared() implements ChatEvent {}

    /**
     * A command was refused; nothing changed.
     *
     * @param code one of the protocol's error codes
     * @param message why, in words for people
     */
    record CommandRefused(String code, String message) implements ChatEvent {}
}
