package dev.grandstand.protocol.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StreamId;
import org.jspecify.annotations.Nullable;

/** What somebody wants of the media plane. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MediaCommand.RequestSeat.class, name = "requestSeat"),
    @JsonSubTypes.Type(value = MediaCommand.ReleaseSeat.class, name = "releaseSeat"),
    @JsonSubTypes.Type(value = MediaCommand.DeclineSeat.class, name = "declineSeat"),
    @JsonSubTypes.Type(value = MediaCommand.ConfirmMove.class, name = "confirmMove"),
    @JsonSubTypes.Type(value = MediaCommand.RequestLink.class, name = "requestLink"),
    @JsonSubTypes.Type(value = MediaCommand.ReleaseLink.class, name = "releaseLink"),
    @JsonSubTypes.Type(value = MediaCommand.ReleaseRoom.class, name = "releaseRoom"),
})
public sealed interface MediaCommand {

    /** For whom; absent where it is about the whole room. */
    default @Nullable ParticipantId actor() {
        return switch (this) {
            case RequestSeat request -> request.participant();
            case RequestLink wanted -> wanted.participant();
            case ReleaseLink unwanted -> unwanted.participant();
            case ReleaseSeat release -> release.participant();
            case DeclineSeat declined -> declined.participant();
            case ConfirmMove moved -> moved.participant();
            case ReleaseRoom release -> null;
        };
    }

    /**
     * A place on a media node, for publishing or viewing; places the room if it has no node yet.
     *
     * @param participant for whom
     * @param instance the signaling instance that holds their connection
     * @param priority before whom they are seated when seats are short; {@link SeatPriority#ORDINARY} if absent
     */
    record RequestSeat(
            ParticipantId participant,
            InstanceId instance,
            @Nullable SeatPriority priority) implements MediaCommand {}

    /**
     * The participant needs the place no more, or no longer waits for one. Whoever leaves a room is known to have left by
     * {@code participantLeft}; this is said of whoever may not have been in it, or may be heard of before what they asked for.
     *
     * @param participant whose
     */
    record ReleaseSeat(ParticipantId participant) implements MediaCommand {}

    /**
     * The participant's seat is of no use: the node says that it has no room for them, and nothing of theirs is there. It
     * counts as full for a while, and they want another seat. Who has no seat there any more is not heard.
     *
     * @param participant whose
     * @param node where
     * @param priority as they asked with
     */
    record DeclineSeat(
            ParticipantId participant,
            NodeRef node,
            @Nullable SeatPriority priority) implements MediaCommand {}

    /**
     * The participant has moved: nothing of theirs is left on their former node.
     *
     * @param participant who
     * @param node where to; who moves to another by now is not heard. Wherever they move to if absent
     */
    record ConfirmMove(ParticipantId participant, @Nullable NodeId node) implements MediaCommand {}

    /**
     * A stream is wanted on the node of a participant's seat. Answered by {@link MediaEvent.LinkMade} or {@link
     * MediaEvent.LinkRefused}.
     *
     * @param participant who wants to watch it
     * @param stream which
     * @param source the endpoint that its presenter publishes to
     */
    record RequestLink(ParticipantId participant, StreamId stream, MediaLocation source) implements MediaCommand {}

    /**
     * The participant watches the stream no more.
     *
     * @param participant who watched it
     * @param stream which
     */
    record ReleaseLink(ParticipantId participant, StreamId stream) implements MediaCommand {}

    /** The room closed: give back all that it has. */
    record ReleaseRoom() implements MediaCommand {}
}
