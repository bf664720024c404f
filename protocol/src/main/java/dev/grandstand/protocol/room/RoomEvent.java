package dev.grandstand.protocol.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Standing;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in a room. Long, because the family is one list. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RoomEvent.RoomOpened.class, name = "roomOpened"),
    @JsonSubTypes.Type(value = RoomEvent.RoomWentLive.class, name = "roomWentLive"),
    @JsonSubTypes.Type(value = RoomEvent.RoomLocked.class, name = "roomLocked"),
    @JsonSubTypes.Type(value = RoomEvent.RoomClosed.class, name = "roomClosed"),
    @JsonSubTypes.Type(value = RoomEvent.RoomDescribed.class, name = "roomDescribed"),
    @JsonSubTypes.Type(value = RoomEvent.PeopleListed.class, name = "peopleListed"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantJoined.class, name = "participantJoined"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantDisconnected.class, name = "participantDisconnected"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantResumed.class, name = "participantResumed"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantLeft.class, name = "participantLeft"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantBanned.class, name = "participantBanned"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantRenamed.class, name = "participantRenamed"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantMuted.class, name = "participantMuted"),
    @JsonSubTypes.Type(value = RoomEvent.HandRaised.class, name = "handRaised"),
    @JsonSubTypes.Type(value = RoomEvent.HandLowered.class, name = "handLowered"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantInvited.class, name = "participantInvited"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantSteppedDown.class, name = "participantSteppedDown"),
    @JsonSubTypes.Type(value = RoomEvent.StreamStarted.class, name = "streamStarted"),
    @JsonSubTypes.Type(value = RoomEvent.StreamMoved.class, name = "streamMoved"),
    @JsonSubTypes.Type(value = RoomEvent.StreamStopped.class, name = "streamStopped"),
    @JsonSubTypes.Type(value = RoomEvent.StreamMuted.class, name = "streamMuted"),
    @JsonSubTypes.Type(value = RoomEvent.Announced.class, name = "announced"),
    @JsonSubTypes.Type(value = RoomEvent.CommandRefused.class, name = "commandRefused"),
})
public sealed interface RoomEvent {

    /**
     * The room exists: its lifecycle begins.
     *
     * @param title what people call it
     * @param video how all of its video is coded, for its life; absent for VP8, which was all there was once
     */
    record RoomOpened(String title, @Nullable VideoCodec video) implements RoomEvent {}

    /** The room's first stream started. */
    record RoomWentLive() implements RoomEvent {}

    /**
     * Nobody else may enter, or again anybody may.
     *
     * @param locked locked or not
     */
    record RoomLocked(boolean locked) implements RoomEvent {}

    /**
     * The room's state is gone, and with it everybody who was still inside: no {@link ParticipantLeft} or {@link
     * StreamStopped} is told of them.
     *
     * @param reason why
     */
    record RoomClosed(CloseReason reason) implements RoomEvent {}

    /**
     * What somebody finds who just joined or resumed: the room right after their {@link ParticipantJoined} or {@link
     * ParticipantResumed}. Meant for the signaling instance that sent the command; everything after it in the topic is
     * news to them.
     *
     * @param you who joined
     * @param standing what they may do
     * @param title the room's title
     * @param locked whether nobody else may enter
     * @param video how its video is coded; absent for VP8
     * @param roster at most 200 participants; of a larger room, only those who publish
     * @param streams every stream
     * @param hands for a moderator, whose hands are up, at most 50, who waits longest first; nobody for others
     * @param audience how many participants the room has
     */
    record RoomDescribed(
            Participant you,
            Standing standing,
            String title,
            boolean locked,
            @Nullable VideoCodec video,
            List<Participant> roster,
            List<Stream> streams,
            List<Participant> hands,
            int audience)
            implements RoomEvent {

        /** Copies what it is given. */
        public RoomDescribed {
            roster = List.copyOf(roster);
            streams = List.copyOf(streams);
            hands = List.copyOf(hands);
        }
    }

    /**
     * The page of the list that was asked for. Meant for the signaling instance that asked.
     *
     * @param people at most 50, in the order of the name or word that the query matches
     * @param cursor for the next page; absent after the last
     * @param audience how many the room has
     */
    record PeopleListed(List<Participant> people, @Nullable PeopleCursor cursor, int audience) implements RoomEvent {

        /** Copies what it is given. */
        public PeopleListed {
            people = List.copyOf(people);
        }
    }

    /**
     * Somebody entered.
     *
     * @param participant who
     * @param connection over which connection
     * @param instance the signaling instance that holds it
     * @param grants what they may do
     * @param key by what a ban knows them again
     * @param audience how many the room now has
     */
    record ParticipantJoined(
            Participant participant,
            ConnectionId connection,
            InstanceId instance,
            Grants grants,
            @Nullable ClientKey key,
            int audience)
            implements RoomEvent {}

    /**
     * Somebody's connection is gone. They still are in the room, and their streams go on, for the grace time from this
     * event's time on.
     *
     * @param participant who
     */
    record ParticipantDisconnected(ParticipantId participant) implements RoomEvent {}

    /**
     * Somebody came back, or took a new connection while the former one still seemed well; that one is stale from now on.
     *
     * @param participant who
     * @param connection over which connection
     * @param former whose token brought them back: the only one that they have if the answer to this is lost
     * @param instance the signaling instance that holds it
     */
    record ParticipantResumed(
            ParticipantId participant, ConnectionId connection, ConnectionId former, InstanceId instance)
            implements RoomEvent {}

    /**
     * Somebody is no longer in the room.
     *
     * @param participant who
     * @param reason why
     * @param audience how many the room now has
     */
    record ParticipantLeft(ParticipantId participant, LeaveReason reason, int audience) implements RoomEvent {}

    /**
     * Somebody may not enter again for the room's life; that they are out follows.
     *
     * @param participant who
     * @param key by what they are known again
     */
    record ParticipantBanned(
            ParticipantId participant, @Nullable ClientKey key) implements RoomEvent {}

    /**
     * Somebody took another name.
     *
     * @param participant who
     * @param name the new name
     */
    record ParticipantRenamed(ParticipantId participant, DisplayName name) implements RoomEvent {}

    /**
     * A moderator silenced somebody, or let them speak again.
     *
     * @param participant whom
     * @param what in what
     * @param muted silenced or not
     */
    record ParticipantMuted(ParticipantId participant, Mutable what, boolean muted) implements RoomEvent {}

    /**
     * Somebody would like to be invited to the stage.
     *
     * @param participant who; in a large room nobody else could tell the name
     */
    record HandRaised(Participant participant) implements RoomEvent {}

    /**
     * Somebody took the hand down.
     *
     * @param participant who
     */
    record HandLowered(ParticipantId participant) implements RoomEvent {}

    /**
     * Somebody has a place on the stage until they step down; their hand is down.
     *
     * @param participant whom
     */
    record ParticipantInvited(Participant participant) implements RoomEvent {}

    /**
     * Somebody is off the stage: a viewer (a moderator stays one). Their streams have stopped before.
     *
     * @param participant who
     * @param mayReturn whether they may publish again without an invitation
     */
    record ParticipantSteppedDown(ParticipantId participant, boolean mayReturn) implements RoomEvent {}

    /**
     * A presenter publishes; the presenter's role is {@code PRESENTER} from now on, unless it is {@code MODERATOR}.
     *
     * @param stream what and where
     * @param name what the presenter calls themselves; in a large room nobody else could tell
     */
    record StreamStarted(Stream stream, DisplayName name) implements RoomEvent {}

    /**
     * A stream comes from another endpoint, and goes on otherwise. What it came from is there still, until everybody who
     * watches has been led to the other: {@code MediaEvent.StreamLed}.
     *
     * @param stream which
     * @param participant who publishes it
     * @param former what it came from
     * @param source what it comes from now
     */
    record StreamMoved(StreamId stream, ParticipantId participant, MediaLocation former, MediaLocation source)
            implements RoomEvent {}

    /**
     * A stream ended.
     *
     * @param stream which
     * @param participant who had published it
     * @param reason why
     */
    record StreamStopped(StreamId stream, ParticipantId participant, StopReason reason) implements RoomEvent {}

    /**
     * The microphone or the camera of a stream is off or on.
     *
     * @param stream which
     * @param muted what is off from now on
     */
    record StreamMuted(StreamId stream, Stream.Muted muted) implements RoomEvent {}

    /**
     * Something was said to everybody in the room, from outside the chat.
     *
     * @param text what
     */
    record Announced(Notice text) implements RoomEvent {}

    /**
     * A command was refused; nothing changed.
     *
     * @param code one of the protocol's error codes
     * @param message why, in words for people
     */
    record CommandRefused(String code, String message) implements RoomEvent {}
}
