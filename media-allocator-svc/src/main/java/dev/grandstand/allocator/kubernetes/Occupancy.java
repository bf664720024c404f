package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Who is on which node, as of one moment. */
final class Occupancy {

    private final Map<NodeId, Integer> people;
    private final Map<NodeId, Integer> rooms = new HashMap<>();

    private Occupancy(Fleet fleet) {
        people = fleet.taken();
        Stream.concat(
                        fleet.placements().values().stream()
                                .flatMap(placement -> placement.sites().stream())
                                .map(Site::node),
                        fleet.pending().values().stream())
                .map(NodeRef::id)
                .forEach(node -> rooms.merge(node, 1, Integer::sum));
    }

    static Occupancy of(Fleet fleet) {
        return new Occupancy(fleet);
    }

    /** Who have a seat there, or are on the way from there. */
    int people(NodeId node) {
        return people.getOrDefault(node, 0);
    }

    /** Rooms that have a pipeline there, or are about to. */
    int rooms(NodeId node) {
        return rooms.getOrDefault(node, 0);
    }

    boolean isEmpty(NodeId node) {
        return people(node) == 0 && rooms(node) == 0;
    }
}
