package dev.grandstand.allocator.fleet;

import java.util.List;
import java.util.Optional;

/** Chooses the node for a new room. */
public interface PlacementStrategy {

    /** @param candidates nodes that answer and have a free seat; never changed */
    Optional<Candidate> choose(List<Candidate> candidates);

    /**
     * A node that could take the room.
     *
     * @param node as last seen
     * @param taken seats in use, and those kept for rooms that are being placed there right now: what was seen of the node
     *     is seconds old, and without them a burst of new rooms would all go to the same node
     */
    record Candidate(NodeState node, int taken) {

        /** From 0 (empty) to 1 (full). */
        double share() {
            return node.seats() == 0 ? 1 : (double) taken / node.seats();
        }
    }
}
