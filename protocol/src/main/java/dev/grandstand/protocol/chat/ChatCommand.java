package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a room's chat. Who sends a command and in which role is signaling-svc's word, which has it from
 * room-svc: only services write to topics.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatCommand.PostMessage.class, name = "postMessage"),
    @JsonSubTypes.Type(value = ChatCommand.ReadHistory.class, name = "readHistory"),
    @JsonSubTypes.Type(value = ChatCommand.ReadPage.class, name = "readPage"),
    @JsonSubTypes.Type(value = ChatCommand.AddReactions.class, name = "addReactions"),
    @JsonSubTypes.Type(value = ChatCommand.DeleteMessage.class, name = "deleteMessage"),
    @JsonSubTypes.Type(value = ChatCommand.ClearMessages.class, name = "clearMessages"),
    @JsonSubTypes.Type(value = ChatCommand.PinMessage.class, name = "pinMessage"),
    @JsonSubTypes.Type(value = ChatCommand.UnpinMessage.class, name = "unpinMessage"),
    @JsonSubTypes.Type(value = ChatCommand.SetSlowMode.class, name = "setSlowMode"),
    @JsonSubTypes.Type(value = ChatCommand.ClearHistory.class, name = "clearHistory"),
})
public sealed interface ChatCommand {

    /** Who wants it; absent where nobody in particular does. */
    default @Nullable ParticipantId actor() {
        return switch (this) {
            case PostMessage post -> post.from().id();
            case ReadHistory read -> read.participant();
            case ReadPage read -> read.participant();
            case Moderation moderation -> moderation.by().id();
            case AddReactions reactions -> null;
            case ClearHistory clear -> null;
        };
    }

    /**
     * Say something.
     *
     * @param from who
     * @param text what; chat-svc holds it against the policy
     * @param clientId what their client calls it; a message with the same one is said once
     * @param mentions whom it names, as far as signaling-svc knows people by name
     */
    record PostMessage(
            Participant from, String text, @Nullable ClientMessageId clientId, List<Mention> mentions)
            implements ChatCommand {

        /** Copies what it is given. */
        public PostMessage {
            mentions = List.copyOf(mentions);
        }
    }

    /**
     * Ask for the last messages and how the chat stands.
     *
     * @param participant for whom
     */
    record ReadHistory(ParticipantId participant) implements ChatCommand {}

    /**
     * Ask for a page of older messages.
     *
     * @param participant for whom
     * @param before the cursor that came with the page after it
     */
    record ReadPage(ParticipantId participant, long before) implements ChatCommand {}

    /**
     * Some of the audience reacted: what one event loop of a signaling instance has gathered in half a second.
     *
     * @param counts how often, at least once each
     */
    record AddReactions(Map<Reaction, Integer> counts) implements ChatCommand {

        /** Copies what it is given. */
        public AddReactions {
            counts = Map.copyOf(counts);
        }
    }

    /** What only moderators may want. */
    sealed interface Moderation extends ChatCommand {

        /** Who wants it. */
        Participant by();
    }

    /**
     * Take a message back out of the chat.
     *
     * @param by the moderator
     * @param message which
     */
    record DeleteMessage(Participant by, MessageId message) implements Moderation {}

    /**
     * Take every message out of the chat.
     *
     * @param by the moderator
     */
    record ClearMessages(Participant by) implements Moderation {}

    /**
     * Show a message to everybody until another one is pinned.
     *
     * @param by the moderator
     * @param message one of the kept messages
     */
    record PinMessage(Participant by, MessageId message) implements Moderation {}

    /**
     * Show no message any more.
     *
     * @param by the moderator
     */
    record UnpinMessage(Participant by) implements Moderation {}

    /**
     * Set what has to lie between two messages of one participant. Moderators write as they like.
     *
     * @param by the moderator
     * @param seconds 0 (off) to 600
     */
    record SetSlowMode(Participant by, int seconds) implements Moderation {}

    /** Forget everything: the room closed. */
    record ClearHistory() implements ChatCommand {}
}
