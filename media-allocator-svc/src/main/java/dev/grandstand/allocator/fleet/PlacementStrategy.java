package dev.grandstand.allocator.fleet;

import java.util.List;
import java.util.Optional;

/** Chooses the node for a new room, or the next one of a room that grows. */
public interface PlacementStrategy {

    /**
     * @param candidates nodes that answer and have a free seat; never changed
     * @param seed for strategies that draw lots: the same seed makes the same choice
     */
    Optional<Candidate> choose(List<Candidate> candidates, long seed);

    /**
     * A node that could take the room.
     *
     * @param node as last seen
     * @param taken seats in use, and those kept for rooms that are being placed there right now: what was seen of the node
     *     is seconds old, and without them a burst of new rooms would all go to the same node
     * @param arriving rooms that came a short while ago; see {@link Ramp}
     * @param audience seats that a room has on a node in the mean, which is what each of those may yet come to
     */
    record Candidate(NodeState node, int taken, double arriving, double audience) {

        /** From 0 (empty) to 1 (full). */
        double share() {
            return node.seats() == 0 ? 1 : (double) taken / node.seats();
        }

        /** The same once the audience of the rooms that came last is there; may be above 1. */
        double expectedShare() {
            return node.seats() == 0 ? 1 : (taken + arriving * audience) / node.seats();
        }
    }
}
