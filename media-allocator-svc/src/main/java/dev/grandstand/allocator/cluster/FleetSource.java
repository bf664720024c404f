package dev.grandstand.allocator.cluster;

import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import java.util.Optional;

/** Knows which media nodes there are, while an allocator leads. On the allocator's context. */
public interface FleetSource {

    /**
     * Looks which nodes there are; the keeper is asked and told nothing before it knows what was decided so far.
     *
     * @param known completes then
     * @return completes when the fleet is known, and the keeper knows it
     */
    Future<Void> start(FleetKeeper keeper, Future<Void> known);

    /** Says no more. */
    Future<Void> stop();

    /** How many nodes there are; empty where nobody can change that. */
    Optional<ScalingDesk> scaling();

    /** A node has had its time: it is emptied, and another takes its place where nodes can be started. */
    void wornOut(NodeId node);

    /** What was worn out has begun anew as another process, or is gone. */
    void renewed(NodeId node);

    /**
     * A node that is being stopped asks whether it may end.
     *
     * @param node which
     * @param asker the address that it asks from
     * @return when it is empty, or after the longest time that an answer may take
     */
    Future<Departure> depart(NodeId node, String asker);
}
