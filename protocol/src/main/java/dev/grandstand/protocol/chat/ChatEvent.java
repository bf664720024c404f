package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.ParticipantId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened in a room's chat. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatEvent.MessagePosted.class, name = "messagePosted"),
    @JsonSubTypes.Type(value = ChatEvent.MessageRepeated.class, name = "messageRepeated"),
    @JsonSubTypes.Type(value = ChatEvent.HistoryRead.class, name = "historyRead"),
    @JsonSubTypes.Type(value = ChatEvent.PageRead.class, name = "pageRead"),
    @JsonSubTypes.Type(value = ChatEvent.ReactionsAdded.class, name = "reactionsAdded"),
    @JsonSubTypes.Type(value = ChatEvent.MessageDeleted.class, name = "messageDeleted"),
    @JsonSubTypes.Type(value = ChatEvent.MessagesCleared.class, name = "messagesCleared"),
    @JsonSubTypes.Type(value = ChatEvent.MessagePinned.class, name = "messagePinned"),
    @JsonSubTypes.Type(value = ChatEvent.MessageUnpinned.class, name = "messageUnpinned"),
    @JsonSubTypes.Type(value = ChatEvent.SlowModeChanged.class, name = "slowModeChanged"),
    @JsonSubTypes.Type(value = ChatEvent.HistoryCleared.class, name = "historyCleared"),
    @JsonSubTypes.Type(value = ChatEvent.CommandRefused.class, name = "commandRefused"),
})
public sealed interface ChatEvent {

    /** A message was accepted, now or before. */
    sealed interface MessageAccepted extends ChatEvent {

        /** Under which id it stands. */
        MessageId messageId();
    }

    /**
     * Somebody said something.
     *
     * @param message what
     * @param clientId what their client calls it
     */
    record MessagePosted(ChatMessage message, @Nullable ClientMessageId clientId) implements MessageAccepted {

        @Override
        public MessageId messageId() {
            return message.id();
        }
    }

    /**
     * A message came again under the same client's id; it stands once.
     *
     * @param message under which id
     */
    record MessageRepeated(MessageId message) implements MessageAccepted {

        @Override
        public MessageId messageId() {
            return message;
        }
    }

    /**
     * The last messages, for somebody who joined; whatever happens after it in the topic is news to them.
     *
     * @param participant for whom
     * @param messages at most 50, oldest first
     * @param state how the chat stands
     */
    record HistoryRead(ParticipantId participant, List<ChatMessage> messages, ChatState state) implements ChatEvent {

        /** Copies what it is given. */
        public HistoryRead {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A page of older messages.
     *
     * @param participant for whom
     * @param messages at most 50, oldest first
     * @param before the cursor of the page before it; null if there are no older ones
     */
    record PageRead(
            ParticipantId participant,
            List<ChatMessage> messages,
            @Nullable Long before) implements ChatEvent {

        /** Copies what it is given. */
        public PageRead {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Some of the audience reacted.
     *
     * @param counts how often
     * @param totals how many of each there have been since the room opened
     */
    record ReactionsAdded(Map<Reaction, Integer> counts, Map<Reaction, Long> totals) implements ChatEvent {

        /** Copies what it is given. */
        public ReactionsAdded {
            counts = Map.copyOf(counts);
            totals = Map.copyOf(totals);
        }
    }

    /**
     * A message was taken out; if it was pinned, nothing is pinned any more.
     *
     * @param message which
     * @param by the moderator
     */
    record MessageDeleted(MessageId message, ParticipantId by) implements ChatEvent {}

    /**
     * Every message was taken out, the pinned one, too.
     *
     * @param by the moderator
     */
    record MessagesCleared(ParticipantId by) implements ChatEvent {}

    /**
     * A message is shown to everybody, instead of any other.
     *
     * @param message what; it stays even when the history has moved on
     * @param by the moderator
     */
    record MessagePinned(ChatMessage message, ParticipantId by) implements ChatEvent {}

    /**
     * No message is pinned any more.
     *
     * @param by the moderator
     */
    record MessageUnpinned(ParticipantId by) implements ChatEvent {}

    /**
     * What has to lie between two messages of one participant changed.
     *
     * @param seconds 0 (off) to 600
     * @param by the moderator
     */
    record SlowModeChanged(int seconds, ParticipantId by) implements ChatEvent {}

    /** The room closed; its messages, and all that moderators had set, are gone. */
    record HistoryCleared() implements ChatEvent {}

    /**
     * A command was refused; nothing changed.
     *
     * @param code one of the protocol's error codes
     * @param message why, in words for people
     */
    record CommandRefused(String code, String message) implements ChatEvent {}
}
