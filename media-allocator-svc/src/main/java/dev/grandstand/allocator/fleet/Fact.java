package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.util.List;

/** What the fleet's state is made of. Only {@link Published} outlives the process; the others are observed or asked anew. */
public sealed interface Fact {

    /**
     * A fact for everybody; stands in the topic of media events.
     *
     * @param event as published
     */
    record Published(EventRecord<MediaEvent> event) implements Fact {}

    /**
     * Somebody wants a seat and has not been told anything yet.
     *
     * @param who in the queue
     */
    record Asked(Waiting who) implements Fact {}

    /**
     * Nodes are starting.
     *
     * @param arrivals all of them
     */
    record SeatsExpected(List<Arrival> arrivals) implements Fact {}

    /**
     * A pipeline is being made.
     *
     * @param room for which room
     * @param node where; one of its seats is kept free
     */
    record PlacementBegun(RoomId room, NodeRef node) implements Fact {}

    /**
     * The pipeline could not be made, or is wanted no more.
     *
     * @param room for which room
     */
    record PlacementAbandoned(RoomId room) implements Fact {}

    /**
     * A node was looked at.
     *
     * @param node as it is now
     */
    record NodeSeen(NodeState node) implements Fact {}

    /**
     * A node belongs to the fleet no more.
     *
     * @param node which
     */
    record NodeRemoved(NodeId node) implements Fact {}

    /**
     * A node gets nothing new and is emptied, or is in use again.
     *
     * @param node which
     * @param drains whether it is emptied
     */
    record NodeDraining(NodeId node, boolean drains) implements Fact {}
}
