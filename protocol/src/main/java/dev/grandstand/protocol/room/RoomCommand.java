package dev.grandstand.protocol.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a room. Long, because the family is one list; each of its three parts has one concern. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RoomCommand.Join.class, name = "join"),
    @JsonSubTypes.Type(value = RoomCommand.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = RoomCommand.Disconnect.class, name = "disconnect"),
    @JsonSubTypes.Type(value = RoomCommand.Expire.class, name = "expire"),
    @JsonSubTypes.Type(value = RoomCommand.Leave.class, name = "leave"),
    @JsonSubTypes.Type(value = RoomCommand.Rename.class, name = "rename"),
    @JsonSubTypes.Type(value = RoomCommand.ListPeople.class, name = "listPeople"),
    @JsonSubTypes.Type(value = RoomCommand.StartStream.class, name = "startStream"),
    @JsonSubTypes.Type(value = RoomCommand.MoveStream.class, name = "moveStream"),
    @JsonSubTypes.Type(value = RoomCommand.StopStream.class, name = "stopStream"),
    @JsonSubTypes.Type(value = RoomCommand.MuteStream.class, name = "muteStream"),
    @JsonSubTypes.Type(value = RoomCommand.RaiseHand.class, name = "raiseHand"),
    @JsonSubTypes.Type(value = RoomCommand.StepDown.class, name = "stepDown"),
    @JsonSubTypes.Type(value = RoomCommand.Invite.class, name = "invite"),
    @JsonSubTypes.Type(value = RoomCommand.TakeDown.class, name = "takeDown"),
    @JsonSubTypes.Type(value = RoomCommand.Mute.class, name = "mute"),
    @JsonSubTypes.Type(value = RoomCommand.Kick.class, name = "kick"),
    @JsonSubTypes.Type(value = RoomCommand.Ban.class, name = "ban"),
    @JsonSubTypes.Type(value = RoomCommand.Lock.class, name = "lock"),
    @JsonSubTypes.Type(value = RoomCommand.CloseRoom.class, name = "closeRoom"),
    @JsonSubTypes.Type(value = RoomCommand.Announce.class, name = "announce"),
})
public sealed interface RoomCommand {

    /** Who wants it; absent if an operator of the installation does. */
    default @Nullable ParticipantId actor() {
        return switch (this) {
            case Visit visit -> visit.participant();
            case Performance performance -> performance.participant();
            case Moderation moderation -> moderation.by();
        };
    }

    /** Coming, going, being there. */
    sealed interface Visit extends RoomCommand {

        /** Whose visit; absent if an operator of the installation looks in. */
        @Nullable
        ParticipantId participant();
    }

    /** The stage: streams, and who may publish them. */
    sealed interface Performance extends RoomCommand {

        /** Whose performance. */
        ParticipantId participant();
    }

    /** Keeping order. */
    sealed interface Moderation extends RoomCommand {

        /** The moderator who wants it; absent if an operator of the installation does, who may everything. */
        @Nullable
        ParticipantId by();
    }

    /**
     * Enter the room, which opens if it is not open yet.
     *
     * @param participant a new id
     * @param name what others see
     * @param role the role wished for; it is had only as far as the grants go
     * @param title the room's title if this join opens it; the room's id serves otherwise
     * @param video how the room's video is coded if this join opens it; as room-svc has it otherwise
     * @param connection a new id
     * @param instance the signaling instance that holds the connection
     * @param grants what a token allows; absent where nobody needs a token: everybody may publish and chat, and whoever
     *     opens the room moderates it
     * @param key by what a ban knows them again; absent if there is nothing
     */
    record Join(
            ParticipantId participant,
            DisplayName name,
            Role role,
            @Nullable String title,
            @Nullable VideoCodec video,
            ConnectionId connection,
            InstanceId instance,
            @Nullable Grants grants,
            @Nullable ClientKey key)
            implements Visit {}

    /**
     * Come back over a new connection and be the same participant.
     *
     * @param participant who
     * @param former the connection that the resume token was given for
     * @param connection a new id
     * @param instance the signaling instance that holds it
     */
    record Resume(ParticipantId participant, ConnectionId former, ConnectionId connection, InstanceId instance)
            implements Visit {}

    /**
     * The connection is gone; the participant may come back within the grace time.
     *
     * @param participant who
     * @param connection which; it is stale if the participant has another one by now
     */
    record Disconnect(ParticipantId participant, ConnectionId connection) implements Visit {}

    /**
     * The grace time is over.
     *
     * @param participant who
     * @param since the disconnection that this is about; it is stale if the participant came back since
     */
    record Expire(ParticipantId participant, Instant since) implements Visit {}

    /**
     * Leave the room, ending the participant's streams.
     *
     * @param participant who
     * @param connection over which it is said; it is stale if the participant has another one by now
     * @param reason why
     */
    record Leave(ParticipantId participant, ConnectionId connection, LeaveReason reason) implements Visit {}

    /**
     * Take another name.
     *
     * @param participant who
     * @param name the new name
     */
    record Rename(ParticipantId participant, DisplayName name) implements Visit {}

    /**
     * Tell who is there, in the order of their names.
     *
     * @param participant who asks; absent if an operator of the installation does
     * @param query the beginning of any word of a name, in any case and with or without accents; everybody if absent
     * @param cursor of the page before; the first page if absent
     */
    record ListPeople(
            @Nullable ParticipantId participant,
            @Nullable String query,
            @Nullable PeopleCursor cursor) implements Visit {}

    /**
     * Publish a stream whose media already enters at {@code source}.
     *
     * @param participant who
     * @param stream unique in the room
     * @param kind what it shows
     * @param source where viewers connect
     */
    record StartStream(ParticipantId participant, StreamId stream, StreamKind kind, MediaLocation source)
            implements Performance {}

    /**
     * Have a stream that is on air come from another endpoint, where its media enters as well already. For the audience it
     * is the same stream and goes on.
     *
     * @param participant who publishes it
     * @param stream which
     * @param from all that it may come from as far as is known to whoever says so; stale if it comes from elsewhere, as it
     *     does where this arrives late or twice. Meant wherever it comes from if absent
     * @param source where its media enters from now on
     */
    record MoveStream(
            ParticipantId participant,
            StreamId stream,
            @Nullable Set<MediaLocation> from,
            MediaLocation source) implements Performance {}

    /**
     * End a stream.
     *
     * @param participant who published it
     * @param stream which
     * @param from as of a {@link MoveStream}: one that has begun anew, or moved since, is not meant
     * @param reason why
     */
    record StopStream(
            ParticipantId participant,
            StreamId stream,
            @Nullable Set<MediaLocation> from,
            StopReason reason) implements Performance {}

    /**
     * Show that the microphone or the camera of one's stream is off or on.
     *
     * @param participant who publishes it
     * @param stream which
     * @param muted what is off from now on
     */
    record MuteStream(ParticipantId participant, StreamId stream, Stream.Muted muted) implements Performance {}

    /**
     * Ask to be invited to the stage, or do not any more.
     *
     * @param participant who
     * @param raised up or down
     */
    record RaiseHand(ParticipantId participant, boolean raised) implements Performance {}

    /**
     * Go off the stage: end one's streams, give an invitation back.
     *
     * @param participant who
     */
    record StepDown(ParticipantId participant) implements Performance {}

    /**
     * Give somebody a place on the stage, until they step down.
     *
     * @param by who wants it
     * @param participant whom
     */
    record Invite(@Nullable ParticipantId by, ParticipantId participant) implements Moderation {}

    /**
     * Take somebody off the stage; they come back only when invited.
     *
     * @param by who wants it
     * @param participant whom
     */
    record TakeDown(@Nullable ParticipantId by, ParticipantId participant) implements Moderation {}

    /**
     * Silence somebody, or let them speak again.
     *
     * @param by who wants it
     * @param participant whom
     * @param what in what
     * @param muted silenced or not
     */
    record Mute(@Nullable ParticipantId by, ParticipantId participant, Mutable what, boolean muted)
            implements Moderation {}

    /**
     * Show somebody out; they may come back as somebody new.
     *
     * @param by who wants it
     * @param participant whom
     */
    record Kick(@Nullable ParticipantId by, ParticipantId participant) implements Moderation {}

    /**
     * Show somebody out, and do not let them in again for the room's life.
     *
     * @param by who wants it
     * @param participant whom
     */
    record Ban(@Nullable ParticipantId by, ParticipantId participant) implements Moderation {}

    /**
     * Let nobody else in, or again anybody.
     *
     * @param by who wants it
     * @param locked locked or not
     */
    record Lock(@Nullable ParticipantId by, boolean locked) implements Moderation {}

    /**
     * Close the room: everybody is outside, its life ends.
     *
     * @param by who wants it
     */
    record CloseRoom(@Nullable ParticipantId by) implements Moderation {}

    /**
     * Say something to everybody in the room, from outside the chat.
     *
     * @param by who wants it
     * @param text what
     */
    record Announce(@Nullable ParticipantId by, Notice text) implements Moderation {}
}
