package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the allocator hears. Each carries the only clock that deciding knows, and what its events are caused by. */
public sealed interface FleetInput {

    /** The id that the events carry. */
    CommandId cause();

    /** When it happened. */
    Instant at();

    /** Somebody asks for a seat; whoever has one gets the same again. */
    record SeatRequested(CommandId cause, Instant at, RoomId room, ParticipantId participant, SeatPriority priority)
            implements FleetInput {}

    /**
     * Somebody needs no seat any more.
     *
     * @param answered whether this is said even if there was none, because somebody waits for an answer
     */
    record SeatReturned(CommandId cause, Instant at, RoomId room, ParticipantId participant, boolean answered)
            implements FleetInput {}

    /** Somebody cannot use the seat that they have on a node, for that has no room for them, and wants another. */
    record SeatDeclined(
            CommandId cause, Instant at, RoomId room, ParticipantId participant, NodeId node, SeatPriority priority)
            implements FleetInput {}

    /**
     * A room closed.
     *
     * @param until whoever asked for a seat after that is in the room's next life, which began before this was heard
     */
    record RoomEnded(CommandId cause, Instant at, RoomId room, Instant until) implements FleetInput {}

    /** The pipeline of a placement that had begun exists. */
    record PipelineMade(CommandId cause, Instant at, RoomId room, NodeRef node, String pipeline)
            implements FleetInput {}

    /** The pipeline of a placement that had begun could not be made. */
    record PipelineFailed(CommandId cause, Instant at, RoomId room, NodeRef node) implements FleetInput {}

    /** A node answered or did not. */
    record NodeObserved(CommandId cause, Instant at, NodeState node) implements FleetInput {}

    /**
     * All that was on a node is gone.
     *
     * @param removed whether the node itself is gone for good
     */
    record NodeLost(CommandId cause, Instant at, NodeRef node, boolean removed) implements FleetInput {}

    /** The pipelines that exist on a node; what is placed there in others is lost. */
    record PipelinesFound(CommandId cause, Instant at, NodeRef node, Set<String> pipelines) implements FleetInput {}

    /** These nodes are starting, and no others. */
    record SeatsExpected(CommandId cause, Instant at, List<Arrival> arrivals) implements FleetInput {}

    /** A show is about to begin in a room, and so many people are announced. */
    record AudienceExpected(CommandId cause, Instant at, RoomId room, int people) implements FleetInput {}

    /** Time to tell those who wait how their positions have changed. */
    record Ticked(CommandId cause, Instant at) implements FleetInput {}

    /**
     * Somebody who had to move has left their former node.
     *
     * @param node where to, for this may be heard when they move on already; wherever they move to if absent
     */
    record MoveConfirmed(
            CommandId cause,
            Instant at,
            RoomId room,
            ParticipantId participant,
            @Nullable NodeId node) implements FleetInput {}

    /** An operator wants a node emptied, or used again. */
    record DrainOrdered(CommandId cause, Instant at, NodeId node, boolean drains) implements FleetInput {}

    /** An operator wants a room to be on one node more. */
    record SiteOrdered(CommandId cause, Instant at, RoomId room, NodeRef node) implements FleetInput {}

    /** An operator wants another of a room's nodes to be its origin, and the former one left. */
    record OriginOrdered(CommandId cause, Instant at, RoomId room, NodeId node) implements FleetInput {}

    /** An operator wants somebody moved to another of the room's nodes. */
    record MoveOrdered(CommandId cause, Instant at, RoomId room, ParticipantId participant, NodeId node)
            implements FleetInput {}
}
