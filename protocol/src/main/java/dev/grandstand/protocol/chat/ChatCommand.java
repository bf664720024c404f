package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;

/** What somebody wants of a room's chat. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatCommand.PostMessage.class, name = "postMessage"),
    @JsonSubTypes.Type(value = ChatCommand.ReadHistory.class, name = "readHistory"),
    @JsonSubTypes.Type(value = ChatCommand.ClearHistory.class, name = "clearHistory"),
})
public sealed interface ChatCommand {

    /**
     * Say something.
     *
     * @param participant who
     * @param name what they call themselves
     * @param text what; chat-svc holds it against the policy
     */
    record PostMessage(ParticipantId participant, DisplayName name, String text) implements ChatCommand {}

    /**
     * Ask for the last messages.
     *
     * @param participant for whom
     */
    record ReadHistory(ParticipantId participant) implements ChatCommand {}

    /** Forget everything: the room closed. */
    record ClearHistory() implements ChatCommand {}
}
