package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import org.jspecify.annotations.Nullable;

/** What a client says. Long, because the family is one list. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientMessage.Join.class, name = "join"),
    @JsonSubTypes.Type(value = ClientMessage.Leave.class, name = "leave"),
    @JsonSubTypes.Type(value = ClientMessage.Rename.class, name = "rename"),
    @JsonSubTypes.Type(value = ClientMessage.Publish.class, name = "publish"),
    @JsonSubTypes.Type(value = ClientMessage.Unpublish.class, name = "unpublish"),
    @JsonSubTypes.Type(value = ClientMessage.View.class, name = "view"),
    @JsonSubTypes.Type(value = ClientMessage.Unview.class, name = "unview"),
    @JsonSubTypes.Type(value = ClientMessage.Migrated.class, name = "migrated"),
    @JsonSubTypes.Type(value = ClientMessage.FirstFrame.class, name = "firstFrame"),
    @JsonSubTypes.Type(value = ClientMessage.RestartIce.class, name = "restartIce"),
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
    @JsonSubTypes.Type(value = ClientMessage.People.class, name = "people"),
    @JsonSubTypes.Type(value = ClientMessage.RaiseHand.class, name = "raiseHand"),
    @JsonSubTypes.Type(value = ClientMessage.StepDown.class, name = "stepDown"),
    @JsonSubTypes.Type(value = ClientMessage.MuteStream.class, name = "muteStream"),
    @JsonSubTypes.Type(value = ClientMessage.Invite.class, name = "invite"),
    @JsonSubTypes.Type(value = ClientMessage.TakeDown.class, name = "takeDown"),
    @JsonSubTypes.Type(value = ClientMessage.Mute.class, name = "mute"),
    @JsonSubTypes.Type(value = ClientMessage.Kick.class, name = "kick"),
    @JsonSubTypes.Type(value = ClientMessage.Ban.class, name = "ban"),
    @JsonSubTypes.Type(value = ClientMessage.Lock.class, name = "lock"),
    @JsonSubTypes.Type(value = ClientMessage.CloseRoom.class, name = "closeRoom"),
})
public sealed interface ClientMessage {

    /** Comes back in the reply or in the error; absent where the client does not wait for one. */
    @Nullable
    Long id();

    /** What somebody in a room asks of the room and its people; room-svc's rules decide. */
    sealed interface RoomRequest extends ClientMessage {}

    /**
     * Enter a room. Answered by {@link ServerMessage.Joined}; a seat is asked for at the same time.
     *
     * @param id comes back in the reply
     * @param room which; it opens if it is not open yet
     * @param name what others see
     * @param title the room's title, if this join opens it: at most 80 characters
     * @param video how the room's video is coded, if this join opens it; as the installation has it if absent
     * @param role the role wished for, viewer if absent
     * @param token where the server asks for one: a JSON Web Token that opens the room
     * @param resume the latest token of {@link ServerMessage.Joined#resume()} or {@link ServerMessage.Resume}: to be the same
     *     participant again, with the same connections to the media node; the other fields but the room do not count then.
     *     Refused with {@code unauthorized} if that cannot be: join as somebody new
     */
    record Join(
            @Nullable Long id,
            RoomId room,
            DisplayName name,
            @Nullable String title,
            @Nullable VideoCodec video,
            @Nullable Role role,
            @Nullable String token,
            @Nullable String resume)
            implements ClientMessage {

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
     * The new connection of a stream that had to migrate carries it: with the answer the former one ends. For a stream of
     * one's own that is when everybody who watches has been led over.
     *
     * @param id comes back in the reply
     * @param stream which
     */
    record Migrated(@Nullable Long id, StreamId stream) implements ClientMessage {}

    /**
     * The first frame of a watched stream is on the screen: for the operators' meters, which know of it from nowhere else.
     * Counted once for each time that a stream is asked for. Answered by {@link ServerMessage.Ok}.
     *
     * @param id comes back in the reply
     * @param stream which
     * @param viewMs from asking for the stream, with a seat, to its first frame: 0 to 600,000 ms
     * @param joinMs from wanting to enter the room to being in it, with the first frame of a visit: 0 to 600,000 ms
     */
    record FirstFrame(
            @Nullable Long id,
            StreamId stream,
            long viewMs,
            @Nullable Long joinMs) implements ClientMessage {

        /** Longest time that is believed, in milliseconds. */
        public static final long MAX_MS = 600_000;

        /** @throws BadValue if a time is not possible */
        public FirstFrame {
            if (!isPossible(viewMs) || (joinMs != null && !isPossible(joinMs))) {
                throw new BadValue("a time has 0 to " + MAX_MS + " ms");
            }
        }

        private static boolean isPossible(long ms) {
            return ms >= 0 && ms <= MAX_MS;
        }
    }

    /**
     * Find a new way for the connection that publishes or watches {@code stream}, whose network has changed (RFC 8445
     * section 2.4). Answered by {@link ServerMessage.Answer}; refused with {@code refused} by a media node that cannot: then
     * publish or view anew.
     *
     * @param id comes back in the reply
     * @param stream which connection
     * @param sdp an offer of the same connection with new ICE credentials
     */
    record RestartIce(@Nullable Long id, StreamId stream, String sdp) implements ClientMessage {}

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

    /**
     * Who is here? Answered by {@link ServerMessage.People}.
     *
     * @param id comes back in the reply
     * @param query the beginning of any word of a name, at most 40 characters; everybody if absent
     * @param cursor of the page before; the first page if absent
     */
    record People(
            @Nullable Long id,
            @Nullable String query,
            @Nullable PeopleCursor cursor) implements RoomRequest {

        /** @throws BadValue if the query is too long */
        public People {
            if (query != null && query.length() > DisplayName.MAX_LENGTH) {
                throw new BadValue("a query has at most " + DisplayName.MAX_LENGTH + " characters");
            }
        }
    }

    /**
     * Ask to be invited to the stage, or do not any more. Answered by {@link ServerMessage.Ok}, like all that follow.
     *
     * @param id comes back in the reply
     * @param raised up or down
     */
    record RaiseHand(@Nullable Long id, boolean raised) implements RoomRequest {}

    /**
     * Go off the stage, ending one's streams.
     *
     * @param id comes back in the reply
     */
    record StepDown(@Nullable Long id) implements RoomRequest {}

    /**
     * Show that the microphone or the camera of one's own stream is off or on.
     *
     * @param id comes back in the reply
     * @param stream which
     * @param muted what is off from now on
     */
    record MuteStream(@Nullable Long id, StreamId stream, Stream.Muted muted) implements RoomRequest {}

    /**
     * As a moderator, give somebody a place on the stage.
     *
     * @param id comes back in the reply
     * @param participant whom
     */
    record Invite(@Nullable Long id, ParticipantId participant) implements RoomRequest {}

    /**
     * As a moderator, take somebody off the stage.
     *
     * @param id comes back in the reply
     * @param participant whom
     */
    record TakeDown(@Nullable Long id, ParticipantId participant) implements RoomRequest {}

    /**
     * As a moderator, silence somebody, or let them speak again.
     *
     * @param id comes back in the reply
     * @param participant whom
     * @param what in what
     * @param muted silenced or not
     */
    record Mute(@Nullable Long id, ParticipantId participant, Mutable what, boolean muted) implements RoomRequest {}

    /**
     * As a moderator, show somebody out.
     *
     * @param id comes back in the reply
     * @param participant whom
     */
    record Kick(@Nullable Long id, ParticipantId participant) implements RoomRequest {}

    /**
     * As a moderator, show somebody out for the rest of the room's life.
     *
     * @param id comes back in the reply
     * @param participant whom
     */
    record Ban(@Nullable Long id, ParticipantId participant) implements RoomRequest {}

    /**
     * As a moderator, let nobody else in, or again anybody.
     *
     * @param id comes back in the reply
     * @param locked locked or not
     */
    record Lock(@Nullable Long id, boolean locked) implements RoomRequest {}

    /**
     * As a moderator, close the room: everybody is shown out.
     *
     * @param id comes back in the reply
     */
    record CloseRoom(@Nullable Long id) implements RoomRequest {}
}
