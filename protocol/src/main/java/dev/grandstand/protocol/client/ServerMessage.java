package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Standing;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says. Long, because the family is one list. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = ServerMessage.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = ServerMessage.Ok.class, name = "ok"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantJoined.class, name = "participantJoined"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantLeft.class, name = "participantLeft"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantRenamed.class, name = "participantRenamed"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantDisconnected.class, name = "participantDisconnected"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantResumed.class, name = "participantResumed"),
    @JsonSubTypes.Type(value = ServerMessage.ParticipantMuted.class, name = "participantMuted"),
    @JsonSubTypes.Type(value = ServerMessage.HandRaised.class, name = "handRaised"),
    @JsonSubTypes.Type(value = ServerMessage.HandLowered.class, name = "handLowered"),
    @JsonSubTypes.Type(value = ServerMessage.Invited.class, name = "invited"),
    @JsonSubTypes.Type(value = ServerMessage.SteppedDown.class, name = "steppedDown"),
    @JsonSubTypes.Type(value = ServerMessage.RoomLocked.class, name = "roomLocked"),
    @JsonSubTypes.Type(value = ServerMessage.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = ServerMessage.Removed.class, name = "removed"),
    @JsonSubTypes.Type(value = ServerMessage.People.class, name = "people"),
    @JsonSubTypes.Type(value = ServerMessage.Audience.class, name = "audience"),
    @JsonSubTypes.Type(value = ServerMessage.StreamStarted.class, name = "streamStarted"),
    @JsonSubTypes.Type(value = ServerMessage.StreamStopped.class, name = "streamStopped"),
    @JsonSubTypes.Type(value = ServerMessage.StreamMuted.class, name = "streamMuted"),
    @JsonSubTypes.Type(value = ServerMessage.Answer.class, name = "answer"),
    @JsonSubTypes.Type(value = ServerMessage.Candidate.class, name = "candidate"),
    @JsonSubTypes.Type(value = ServerMessage.Seat.class, name = "seat"),
    @JsonSubTypes.Type(value = ServerMessage.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = ServerMessage.Chats.class, name = "chats"),
    @JsonSubTypes.Type(value = ServerMessage.ChatSent.class, name = "chatSent"),
    @JsonSubTypes.Type(value = ServerMessage.ChatHistory.class, name = "chatHistory"),
    @JsonSubTypes.Type(value = ServerMessage.MessageDeleted.class, name = "messageDeleted"),
    @JsonSubTypes.Type(value = ServerMessage.ChatCleared.class, name = "chatCleared"),
    @JsonSubTypes.Type(value = ServerMessage.MessagePinned.class, name = "messagePinned"),
    @JsonSubTypes.Type(value = ServerMessage.MessageUnpinned.class, name = "messageUnpinned"),
    @JsonSubTypes.Type(value = ServerMessage.SlowMode.class, name = "slowMode"),
    @JsonSubTypes.Type(value = ServerMessage.Reactions.class, name = "reactions"),
    @JsonSubTypes.Type(value = ServerMessage.Migrate.class, name = "migrate"),
    @JsonSubTypes.Type(value = ServerMessage.MediaLost.class, name = "mediaLost"),
    @JsonSubTypes.Type(value = ServerMessage.Error.class, name = "error"),
    @JsonSubTypes.Type(value = ServerMessage.Pong.class, name = "pong"),
})
public sealed interface ServerMessage {

    /** What answers a request; everything else is news. */
    sealed interface Reply extends ServerMessage {

        /** The request's id, if it had one that could be read. */
        @Nullable
        Long id();
    }

    /**
     * The session is in the room; whatever happens there from now on follows.
     *
     * @param id of the request
     * @param you the participant that the session now is
     * @param standing what the session may do
     * @param room the room
     * @param streams every stream of the room
     * @param audience how many participants the room has
     * @param roster at most 200 participants; of a larger room, only those who publish
     * @param hands for a moderator, whose hands are up: at most 50, who waits longest first
     * @param chat the last messages, at most 50, oldest first
     * @param chatState how the chat stands otherwise; absent if chat-svc was late
     * @param iceServers for the browser's connections
     * @param resume with this token the session can be taken up again over another socket; replaced by {@link Resume}
     * @param resumed after a join with such a token: the streams whose connections live on as they were
     * @param open whether anybody may enter here, as whoever they say they are
     */
    record Joined(
            @Nullable Long id,
            Participant you,
            Standing standing,
            RoomInfo room,
            List<StreamInfo> streams,
            int audience,
            List<Participant> roster,
            List<Participant> hands,
            List<ChatMessage> chat,
            @Nullable ChatState chatState,
            List<IceServer> iceServers,
            String resume,
            List<StreamId> resumed,
            boolean open)
            implements Reply {

        /** Copies what it is given. */
        public Joined {
            streams = List.copyOf(streams);
            roster = List.copyOf(roster);
            hands = List.copyOf(hands);
            chat = List.copyOf(chat);
            iceServers = List.copyOf(iceServers);
            resumed = List.copyOf(resumed);
        }
    }

    /**
     * The token that counts from now on: the connections it stands for have changed, or its time was running out.
     *
     * @param token for {@link ClientMessage.Join#resume()}
     */
    record Resume(String token) implements ServerMessage {}

    /**
     * The request was carried out, and it stays so.
     *
     * @param id of the request
     */
    record Ok(@Nullable Long id) implements Reply {}

    /**
     * Somebody entered.
     *
     * @param participant who
     * @param audience how many the room now has
     */
    record ParticipantJoined(Participant participant, int audience) implements ServerMessage {}

    /**
     * Somebody left.
     *
     * @param participant who
     * @param reason why
     * @param audience how many the room now has
     */
    record ParticipantLeft(ParticipantId participant, LeaveReason reason, int audience) implements ServerMessage {}

    /**
     * Somebody took another name.
     *
     * @param participant who
     * @param name the new name
     */
    record ParticipantRenamed(ParticipantId participant, DisplayName name) implements ServerMessage {}

    /**
     * Somebody's connection is gone; they may be back in a moment. Told in small rooms.
     *
     * @param participant who
     */
    record ParticipantDisconnected(ParticipantId participant) implements ServerMessage {}

    /**
     * Somebody is back. Told in small rooms.
     *
     * @param participant who
     */
    record ParticipantResumed(ParticipantId participant) implements ServerMessage {}

    /**
     * A moderator silenced somebody, or let them speak again. Whoever is muted in {@code microphone} turns it off. In a
     * large room told of presenters, and to moderators and the one it is about.
     *
     * @param participant whom
     * @param what in what
     * @param muted silenced or not
     */
    record ParticipantMuted(ParticipantId participant, Mutable what, boolean muted) implements ServerMessage {}

    /**
     * Somebody would like to be invited to the stage. In a large room told to moderators and the one it is about.
     *
     * @param participant who
     */
    record HandRaised(Participant participant) implements ServerMessage {}

    /**
     * Somebody took the hand down. In a large room told to moderators and the one it is about.
     *
     * @param participant who
     */
    record HandLowered(ParticipantId participant) implements ServerMessage {}

    /**
     * Somebody has a place on the stage and may publish until stepping down; their hand is down. In a large room told to
     * moderators and the one it is about.
     *
     * @param participant whom
     */
    record Invited(Participant participant) implements ServerMessage {}

    /**
     * Somebody is off the stage. In a large room told to moderators and the one it is about.
     *
     * @param participant who
     * @param mayReturn whether they may publish again without an invitation
     */
    record SteppedDown(ParticipantId participant, boolean mayReturn) implements ServerMessage {}

    /**
     * Nobody else may enter, or again anybody may.
     *
     * @param locked locked or not
     */
    record RoomLocked(boolean locked) implements ServerMessage {}

    /**
     * Somebody in charge of the installation has something to say to everybody in the room.
     *
     * @param text plain text, 1 to 500 characters
     * @param at when, in milliseconds since 1970
     */
    record Notice(String text, long at) implements ServerMessage {}

    /**
     * The session is not in the room any more, and not by its own wish. The connection stays and may join another.
     *
     * @param reason why
     * @param message why, in words for people
     */
    record Removed(LeaveReason reason, String message) implements ServerMessage {}

    /**
     * A page of the list of people.
     *
     * @param id of the request
     * @param people at most 50, in the order of their names
     * @param cursor for the next page; absent after the last. A page may be short and yet not the last.
     * @param audience how many the room has
     */
    record People(
            @Nullable Long id,
            List<Participant> people,
            @Nullable PeopleCursor cursor,
            int audience) implements Reply {

        /** Copies what it is given. */
        public People {
            people = List.copyOf(people);
        }
    }

    /**
     * How many are in a room that is too large for news of each, at most once a second.
     *
     * @param count participants
     */
    record Audience(int count) implements ServerMessage {}

    /**
     * A stream can be watched.
     *
     * @param stream which
     */
    record StreamStarted(StreamInfo stream) implements ServerMessage {}

    /**
     * A stream ended.
     *
     * @param stream which
     * @param reason why
     */
    record StreamStopped(StreamId stream, StopReason reason) implements ServerMessage {}

    /**
     * The microphone or the camera of a stream is off or on.
     *
     * @param stream which
     * @param muted what is off from now on
     */
    record StreamMuted(StreamId stream, Stream.Muted muted) implements ServerMessage {}

    /**
     * The media node's answer to an offer.
     *
     * @param id of the request
     * @param stream which connection
     * @param sdp the answer; candidates follow
     */
    record Answer(@Nullable Long id, StreamId stream, String sdp) implements Reply {}

    /**
     * The media node's candidate.
     *
     * @param stream which connection
     * @param candidate the candidate
     */
    record Candidate(StreamId stream, IceCandidate candidate) implements ServerMessage {}

    /** Where the session stands with its seat. */
    enum SeatState {
        /** Publishing and watching are possible. */
        @JsonProperty("granted")
        GRANTED,
        /** Every seat is taken. */
        @JsonProperty("queued")
        QUEUED,
        /** No seat became free for as long as anybody waits; to view or publish asks anew. */
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * News of the session's seat.
     *
     * @param state granted, queued or refused
     * @param position place in the queue, from 1; 0 unless queued
     * @param expectedWaitMs how long it may take, in milliseconds; 0 unless queued
     */
    record Seat(SeatState state, int position, long expectedWaitMs) implements ServerMessage {}

    /**
     * Somebody said something.
     *
     * @param message what
     */
    record Chat(ChatMessage message) implements ServerMessage {}

    /**
     * What was said in a busy room since the last time, a moment ago.
     *
     * @param messages at most 100, oldest first
     */
    record Chats(List<ChatMessage> messages) implements ServerMessage {

        /** Copies what it is given. */
        public Chats {
            messages = List.copyOf(messages);
        }
    }

    /**
     * The message was said, now or when it was sent before, and stays so.
     *
     * @param id of the request
     * @param message under which id
     */
    record ChatSent(@Nullable Long id, MessageId message) implements Reply {}

    /**
     * Older messages.
     *
     * @param id of the request
     * @param messages at most 50, oldest first
     * @param before the cursor of those before them; absent if there are none
     */
    record ChatHistory(
            @Nullable Long id,
            List<ChatMessage> messages,
            @Nullable Long before) implements Reply {

        /** Copies what it is given. */
        public ChatHistory {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A moderator took a message out; if it was pinned, it is not any more.
     *
     * @param message which
     */
    record MessageDeleted(MessageId message) implements ServerMessage {}

    /** A moderator took every message out, the pinned one, too. */
    record ChatCleared() implements ServerMessage {}

    /**
     * A moderator wants everybody to see a message, instead of any other.
     *
     * @param message what
     */
    record MessagePinned(ChatMessage message) implements ServerMessage {}

    /** No message is pinned any more. */
    record MessageUnpinned() implements ServerMessage {}

    /**
     * What has to lie between two messages of one participant changed. Moderators write as they like.
     *
     * @param seconds 0 (off) to 600
     */
    record SlowMode(int seconds) implements ServerMessage {}

    /**
     * How the audience reacted since the last time, at most twice a second.
     *
     * @param counts how often
     * @param totals how many of each there have been since the room opened
     */
    record Reactions(Map<Reaction, Integer> counts, Map<Reaction, Long> totals) implements ServerMessage {

        /** Copies what it is given. */
        public Reactions {
            counts = Map.copyOf(counts);
            totals = Map.copyOf(totals);
        }
    }

    /**
     * The connection shall move to another media node: publish or watch the same stream again, over a new connection beside
     * the present one, and say {@link ClientMessage.Migrated} when the new one carries the picture. Until that is answered
     * the present one goes on.
     *
     * @param stream which connection
     * @param deadlineMs after this time, in milliseconds, the present connection ends
     */
    record Migrate(StreamId stream, long deadlineMs) implements ServerMessage {}

    /**
     * The media node that carried the connection is gone: publish or watch again once a seat is granted.
     *
     * @param stream which connection
     */
    record MediaLost(StreamId stream) implements ServerMessage {}

    /**
     * A request was not carried out; nothing changed.
     *
     * @param id of the request, if it could be read
     * @param code what kind of failure
     * @param message in words for people
     * @param field which field of the request, for {@code missing-field} and {@code bad-field}
     */
    record Error(
            @Nullable Long id,
            ErrorCode code,
            String message,
            @Nullable String field) implements Reply {}

    /**
     * The answer to a ping.
     *
     * @param id of the request
     */
    record Pong(@Nullable Long id) implements Reply {}
}
