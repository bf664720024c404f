package dev.grandstand.protocol.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StreamId;
import org.jspecify.annotations.Nullable;

/** What happened in the media plane. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MediaEvent.RoomPlaced.class, name = "roomPlaced"),
    @JsonSubTypes.Type(value = MediaEvent.EdgeAdded.class, name = "edgeAdded"),
    @JsonSubTypes.Type(value = MediaEvent.EdgeGone.class, name = "edgeGone"),
    @JsonSubTypes.Type(value = MediaEvent.OriginMoved.class, name = "originMoved"),
    @JsonSubTypes.Type(value = MediaEvent.SiteLeaving.class, name = "siteLeaving"),
    @JsonSubTypes.Type(value = MediaEvent.LinkMade.class, name = "linkMade"),
    @JsonSubTypes.Type(value = MediaEvent.LinkRefused.class, name = "linkRefused"),
    @JsonSubTypes.Type(value = MediaEvent.StreamLed.class, name = "streamLed"),
    @JsonSubTypes.Type(value = MediaEvent.LinkEnded.class, name = "linkEnded"),
    @JsonSubTypes.Type(value = MediaEvent.RoomReleased.class, name = "roomReleased"),
    @JsonSubTypes.Type(value = MediaEvent.RoomMediaLost.class, name = "roomMediaLost"),
    @JsonSubTypes.Type(value = MediaEvent.SeatGranted.class, name = "seatGranted"),
    @JsonSubTypes.Type(value = MediaEvent.SeatQueued.class, name = "seatQueued"),
    @JsonSubTypes.Type(value = MediaEvent.SeatRefused.class, name = "seatRefused"),
    @JsonSubTypes.Type(value = MediaEvent.SeatMoving.class, name = "seatMoving"),
    @JsonSubTypes.Type(value = MediaEvent.SeatMoved.class, name = "seatMoved"),
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

    /**
     * The room is on one more node; or an edge that it has pulls from another parent now.
     *
     * @param node the edge
     * @param pipeline Kurento id of the room's pipeline there
     * @param parent the node from which it pulls the room's streams: the origin, or another edge
     */
    record EdgeAdded(NodeRef node, String pipeline, NodeId parent) implements MediaEvent {}

    /**
     * The room is on this node no more. Whoever had a seat there asks for another, and publishes and watches anew.
     *
     * @param node the edge
     */
    record EdgeGone(NodeRef node) implements MediaEvent {}

    /**
     * Another of the room's nodes is its origin now, and the former one is an edge of it: who pulls from whom is turned
     * round between the two, and stays otherwise.
     *
     * @param node the origin
     */
    record OriginMoved(NodeId node) implements MediaEvent {}

    /**
     * The room leaves one of its nodes: nobody gets a seat there any more, and those who have one are moved.
     *
     * @param node which
     */
    record SiteLeaving(NodeId node) implements MediaEvent {}

    /**
     * A stream can be watched on a node that it is not published to. Told to everybody who asks for it, however often.
     *
     * @param stream which
     * @param source the endpoint that its presenter publishes to
     * @param sending the link's end on the node that it comes from, which may be an edge
     * @param arrival the link's end on the node where it is watched: what feeds the viewers there
     */
    record LinkMade(StreamId stream, MediaLocation source, MediaLocation sending, MediaLocation arrival)
            implements MediaEvent {}

    /**
     * A stream cannot be brought to a participant's node now.
     *
     * @param stream which
     * @param message why, for people
     */
    record LinkRefused(StreamId stream, String message) implements MediaEvent {}

    /**
     * Everybody who watches a stream that has moved is fed from where it comes from now: what it came from may end.
     *
     * @param stream which
     * @param source the endpoint that its presenter publishes to now
     */
    record StreamLed(StreamId stream, MediaLocation source) implements MediaEvent {}

    /**
     * A stream does not arrive on a node any more. Whoever watches it there watches anew.
     *
     * @param stream which
     * @param arrival the end of the link where it was watched
     */
    record LinkEnded(StreamId stream, MediaLocation arrival) implements MediaEvent {}

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
     * @param priority who has a higher one is seated first; {@link SeatPriority#ORDINARY} if absent
     */
    record SeatQueued(
            ParticipantId participant,
            int position,
            long expectedWaitMs,
            @Nullable SeatPriority priority) implements MediaEvent {}

    /**
     * The participant waited for as long as anybody may, and waits no more. They may ask again.
     *
     * @param participant who
     * @param waitedMs for how long, in milliseconds
     */
    record SeatRefused(ParticipantId participant, long waitedMs) implements MediaEvent {}

    /**
     * The participant shall move: publish and watch on another node, and give up what they have on the former one as soon
     * as that works. Until then both seats are theirs.
     *
     * @param participant who
     * @param node where to
     * @param pipeline Kurento id of the room's pipeline there
     * @param limitMs after this time, in milliseconds, the former seat is taken from them
     */
    record SeatMoving(ParticipantId participant, NodeRef node, String pipeline, long limitMs) implements MediaEvent {}

    /**
     * The participant's former seat is free; what they still have there they have lost.
     *
     * @param participant whose
     * @param node where it was
     */
    record SeatMoved(ParticipantId participant, NodeRef node) implements MediaEvent {}

    /**
     * The participant's seat, or place in the queue, is free again.
     *
     * @param participant whose
     */
    record SeatReleased(ParticipantId participant) implements MediaEvent {}
}
