package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
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

    /**
     * Say something to the room. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param text 1 to 500 characters
     */
    record Chat(@Nullable Long id, String text) implements ClientMessage {}

    /**
     * Are you there? Answered by {@link ServerMessage.Pong}.
     *
     * @param id comes back in the reply
     */
    record Ping(@Nullable Long id) implements ClientMessage {}
}
