package dev.grandstand.protocol.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a room. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RoomCommand.Join.class, name = "join"),
    @JsonSubTypes.Type(value = RoomCommand.Leave.class, name = "leave"),
    @JsonSubTypes.Type(value = RoomCommand.Rename.class, name = "rename"),
    @JsonSubTypes.Type(value = RoomCommand.StartStream.class, name = "startStream"),
    @JsonSubTypes.Type(value = RoomCommand.StopStream.class, name = "stopStream"),
})
public sealed interface RoomCommand {

    /** Who wants it. */
    ParticipantId participant();

    /**
     * Enter the room, which opens if it is not open yet.
     *
     * @param participant a new id
     * @param name what others see
     * @param role in which role
     * @param title the room's title if this join opens it; the room's id serves otherwise
     * @param instance the signaling instance that holds the connection
     */
    record Join(
            ParticipantId participant,
            DisplayName name,
            Role role,
            @Nullable String title,
            InstanceId instance) implements RoomCommand {}

    /**
     * Leave the room, ending the participant's streams.
     *
     * @param participant who
     * @param reason why
     */
    record Leave(ParticipantId participant, LeaveReason reason) implements RoomCommand {}

    /**
     * Take another name.
     *
     * @param participant who
     * @param name the new name
     */
    record Rename(ParticipantId participant, DisplayName name) implements RoomCommand {}

    /**
     * Publish a stream whose media already enters at {@code source}.
     *
     * @param participant who
     * @param stream unique in the room
     * @param kind what it shows
     * @param source where viewers connect
     */
    record StartStream(ParticipantId participant, StreamId stream, StreamKind kind, MediaLocation source)
            implements RoomCommand {}

    /**
     * End a stream.
     *
     * @param participant who published it
     * @param stream which
     * @param reason why
     */
    record StopStream(ParticipantId participant, StreamId stream, StopReason reason) implements RoomCommand {}
}
