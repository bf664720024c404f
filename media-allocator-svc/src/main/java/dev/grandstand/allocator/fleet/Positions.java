package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everybody's position among those who wait for the same seats: who waits on a node stands behind those who wait on that
 * node or for any node; whose room has no node stands behind all. Those whose room is being placed have none.
 */
final class Positions {

    private Positions() {}

    static Map<Waiting, Integer> of(Fleet fleet) {
        Map<Waiting, Integer> positions = new LinkedHashMap<>();
        Map<NodeId, Integer> onNode = new HashMap<>();
        int anywhere = 0;
        int all = 0;
        for (var who : fleet.queue()) {
            if (fleet.pending().containsKey(who.room())) {
                continue;
            }
            all++;
            var placement = fleet.placements().get(who.room());
            if (placement == null) {
                anywhere++;
                positions.put(who, all);
            } else {
                positions.put(who, onNode.merge(placement.node().id(), 1, Integer::sum) + anywhere);
            }
        }
        return positions;
    }
}
