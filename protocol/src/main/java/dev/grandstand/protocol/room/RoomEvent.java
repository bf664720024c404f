package dev.grandstand.protocol.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import java.util.List;

/** What happened in a room. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RoomEvent.RoomOpened.class, name = "roomOpened"),
    @JsonSubTypes.Type(value = RoomEvent.RoomWentLive.class, name = "roomWentLive"),
    @JsonSubTypes.Type(value = RoomEvent.RoomClosed.class, name = "roomClosed"),
    @JsonSubTypes.Type(value = RoomEvent.RoomDescribed.class, name = "roomDescribed"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantJoined.class, name = "participantJoined"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantLeft.class, name = "participantLeft"),
    @JsonSubTypes.Type(value = RoomEvent.ParticipantRenamed.class, name = "participantRenamed"),
    @JsonSubTypes.Type(value = RoomEvent.StreamStarted.class, name = "streamStarted"),
    @JsonSubTypes.Type(value = RoomEvent.StreamStopped.class, name = "streamStopped"),
    @JsonSubTypes.Type(value = RoomEvent.CommandRefused.class, name = "commandRefused"),
})
public sealed interface RoomEvent {

    /**
     * The room exists: its lifecycle begins.
     *
     * @param title what people call it
     */
    record RoomOpened(String title) implements RoomEvent {}

    /** The room's first stream started. */
    record RoomWentLive() implements RoomEvent {}

    /** Nobody is left in the room; its state is gone. */
    record RoomClosed() implements RoomEvent {}

    /**
     * What somebody who just joined finds: the room right after their {@link ParticipantJoined}. Meant for the
     * signaling instance that sent the join; everything after it in the topic is news to the newcomer.
     *
     * @param participant who joined
     * @param title the room's title
     * @param roster at most 200 participants; of a larger room, only those who publish
     * @param streams every stream
     * @param audience how many participants the room has
     */
    record RoomDescribed(
            ParticipantId participant, String title, List<Participant> roster, List<Stream> streams, int audience)
            implements RoomEvent {

        /** Copies what it is given. */
        public RoomDescribed {
            roster = List.copyOf(roster);
            streams = List.copyOf(streams);
        }
    }

    /**
     * Somebody entered.
     *
     * @param participant who
     * @param instance the signaling instance that holds their connection
     * @param audience how many the room now has
     */
    record ParticipantJoined(Participant participant, InstanceId instance, int audience) implements RoomEvent {}

    /**
     * Somebody is no longer in the room.
     *
     * @param participant who
     * @param reason why
     * @param audience how many the room now has
     */
    record ParticipantLeft(ParticipantId participant, LeaveReason reason, int audience) implements RoomEvent {}

    /**
     * Somebody took another name.
     *
     * @param participant who
     * @param name the new name
     */
    record ParticipantRenamed(ParticipantId participant, DisplayName name) implements RoomEvent {}

    /**
     * A presenter publishes; the presenter's role is {@code PRESENTER} from now on.
     *
     * @param stream what and where
     * @param name what the presenter calls themselves; in a large room nobody else could tell
     */
    record StreamStarted(Stream stream, DisplayName name) implements RoomEvent {}

    /**
     * A stream ended.
     *
     * @param stream which
     * @param participant who had published it
     * @param reason why
     */
    record StreamStopped(StreamId stream, ParticipantId participant, StopReason reason) implements RoomEvent {}

    /**
     * A command was refused; nothing changed.
     *
     * @param code one of the protocol's error codes
     * @param message why, in words for people
     */
    record CommandRefused(String code, String message) implements RoomEvent {}
}
