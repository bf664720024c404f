package dev.grandstand.protocol.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;

/** What happened in the media plane. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MediaEvent.RoomPlaced.class, name = "roomPlaced"),
    @JsonSubTypes.Type(value = MediaEvent.RoomReleased.class, name = "roomReleased"),
    @JsonSubTypes.Type(value = MediaEvent.RoomMediaLost.class, name = "roomMediaLost"),
    @JsonSubTypes.Type(value = MediaEvent.SeatGranted.class, name = "seatGranted"),
    @JsonSubTypes.Type(value = MediaEvent.SeatQueued.class, name = "seatQueued"),
    @JsonSubTypes.Type(value = MediaEvent.SeatReleased.class, name = "seatReleased"),
})
public sealed interface MediaEvent {

    /**
     * The room has its origin.
     *
     * @param node the media node that the room's presenters publish to
     * @param pipeline Kurento id of the room's pipeline there
     */
    record RoomPlaced(NodeRef node, String pipeline) implements MediaEvent {}

    /** The room closed; its pipeline is released and its seats are free. */
    record RoomReleased() implements MediaEvent {}

    /**
     * The room's media node is gone, and with it the room's pipeline, streams and seats. Whoever is still there asks
     * for a seat again.
     *
     * @param node the node that is gone
     */
    record RoomMediaLost(NodeRef node) implements MediaEvent {}

    /**
     * The participant has a seat.
     *
     * @param participant whose
     * @param node where
     * @param pipeline Kurento id of the room's pipeline there
     */
    record SeatGranted(ParticipantId participant, NodeRef node, String pipeline) implements MediaEvent {}

    /**
     * Every seat is taken; the participant waits. Comes again when position or wait change.
     *
     * @param participant who
     * @param position place in the queue, from 1
     * @param expectedWaitMs how long it may take, in milliseconds
     */
    record SeatQueued(ParticipantId participant, int position, long expectedWaitMs) implements MediaEvent {}

    /**
     * The participant's seat, or place in the queue, is free again.
     *
     * @param participant whose
     */
    record SeatReleased(ParticipantId participant) implements MediaEvent {}
}
