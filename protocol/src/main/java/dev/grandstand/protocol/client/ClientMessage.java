package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import org.jspecify.annotations.Nullable;

/** What a client says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientMessage.Join.class, name = "join"),
    @JsonSubTypes.Type(value = ClientMessage.Leave.class, name = "leave"),
    @JsonSubTypes.Type(value = ClientMessage.Rename.class, name = "rename"),
    @JsonSubTypes.Type(value = ClientMessage.Publish.class, name = "publish"),
    @JsonSubTypes.Type(value = ClientMessage.Unpublish.class, name = "unpublish"),
    @JsonSubTypes.Type(value = ClientMessage.View.class, name = "view"),
    @JsonSubTypes.Type(value = ClientMessage.Unview.class, name = "unview"),
    @JsonSubTypes.Type(value = ClientMessage.Candidate.class, name = "candidate"),
    @JsonSubTypes.Type(value = ClientMessage.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = ClientMessage.ChatHistory.class, name = "chatHistory"),
    @JsonSubTypes.Type(value = ClientMessage.React.class, name = "react"),
    @JsonSubTypes.Type(value = ClientMessage.DeleteMessage.class, name = "deleteMessage"),
    @JsonSubTypes.Type(value = ClientMessage.ClearChat.class, name = "clearChat"),
    @JsonSubTypes.Type(value = ClientMessage.PinMessage.class, name = "pinMessage"),
    @JsonSubTypes.Type(value = ClientMessage.UnpinMessage.class, name = "unpinMessage"),
    @JsonSubTypes.Type(value = ClientMessage.SlowMode.class, name = "slowMode"),
    @JsonSubTypes.Type(value = ClientMessage.Ping.class, name = "ping"),
})
public sealed interface ClientMessage {

    /** Comes back in the reply or in the error; absent where the client does not wait for one. */
    @Nullable
    Long id();

    /**
     * Enter a room. Answered by {@link ServerMessage.Joined}; a seat is asked for at the same time.
     *
     * @param id comes back in the reply
     * @param room which; it opens if it is not open yet
     * @param name what others see
     * @param title the room's title, if this join opens it: at most 80 characters
     * @param role the role wished for, viewer if absent
     */
    record Join(
            @Nullable Long id,
            RoomId room,
            DisplayName name,
            @Nullable String title,
            @Nullable Role role) implements ClientMessage {

        /** Longest title, in UTF-16 characters. */
        public static final int MAX_TITLE_LENGTH = 80;

        /** @throws BadValue if the title is too long */
        public Join {
            if (title != null && title.length() > MAX_TITLE_LENGTH) {
                throw new BadValue("a title has at most " + MAX_TITLE_LENGTH + " characters");
            }
        }
    }

    /**
     * Leave the room; the connection stays and may join another. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     */
    record Leave(@Nullable Long id) implements ClientMessage {}

    /**
     * Take another name. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param name the new name
     */
    record Rename(@Nullable Long id, DisplayName name) implements ClientMessage {}

    /**
     * Publish a stream. Answered by {@link ServerMessage.Answer}.
     *
     * @param id comes back in the reply
     * @param stream a new id, unique in the room
     * @param kind what it shows
     * @param sdp the offer
     */
    record Publish(@Nullable Long id, StreamId stream, StreamKind kind, String sdp) implements ClientMessage {}

    /**
     * End one's own stream. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param stream which
     */
    record Unpublish(@Nullable Long id, StreamId stream) implements ClientMessage {}

    /**
     * Watch a stream. Answered by {@link ServerMessage.Answer}.
     *
     * @param id comes back in the reply
     * @param stream which
     * @param sdp the offer
     */
    record View(@Nullable Long id, StreamId stream, String sdp) implements ClientMessage {}

    /**
     * Stop watching a stream. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param stream which
     */
    record Unview(@Nullable Long id, StreamId stream) implements ClientMessage {}

    /**
     * An ICE candidate for the connection that publishes or watches {@code stream}. Not answered, unless by an error.
     *
     * @param id comes back in the error
     * @param stream which connection
     * @param candidate the candidate
     */
    record Candidate(@Nullable Long id, StreamId stream, IceCandidate candidate) implements ClientMessage {}

    /** What somebody asks of the room's chat; chat-svc's rules decide. */
    sealed interface ChatRequest extends ClientMessage {}

    /**
     * Say something to the room; {@code @} and somebody's name mentions them. Answered by {@link ServerMessage.ChatSent}.
     *
     * @param id comes back in the reply
     * @param text 1 to 500 characters
     * @param clientId the client's own name for this message: sent again under the same one it is said once, and answered
     *     by the same id
     */
    record Chat(@Nullable Long id, String text, @Nullable ClientMessageId clientId) implements ChatRequest {}

    /**
     * Ask for older messages. Answered by {@link ServerMessage.ChatHistory}.
     *
     * @param id comes back in the reply
     * @param before the cursor that came with the messages after them
     */
    record ChatHistory(@Nullable Long id, long before) implements ChatRequest {}

    /**
     * React without words, at most 10 times a second. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param reaction how
     */
    record React(@Nullable Long id, Reaction reaction) implements ChatRequest {}

    /**
     * As a moderator, take a message out of the chat. Answered by {@link ServerMessage.Ok}, like all that follow.
     *
     * @param id comes back in the reply
     * @param message which
     */
    record DeleteMessage(@Nullable Long id, MessageId message) implements ChatRequest {}

    /**
     * As a moderator, take every message out of the chat.
     *
     * @param id comes back in the reply
     */
    record ClearChat(@Nullable Long id) implements ChatRequest {}

    /**
     * As a moderator, show a message to everybody, instead of any other.
     *
     * @param id comes back in the reply
     * @param message one of the kept messages
     */
    record PinMessage(@Nullable Long id, MessageId message) implements ChatRequest {}

    /**
     * As a moderator, show no message any more.
     *
     * @param id comes back in the reply
     */
    record UnpinMessage(@Nullable Long id) implements ChatRequest {}

    /**
     * As a moderator, set what has to lie between two messages of one participant.
     *
     * @param id comes back in the reply
     * @param seconds 0 (off) to 600
     */
    record SlowMode(@Nullable Long id, int seconds) implements ChatRequest {}

    /**
     * Are you there? Answered by {@link ServerMessage.Pong}.
     *
     * @param id comes back in the reply
     */
    record Ping(@Nullable Long id) implements ClientMessage {}
}
