package dev.grandstand.allocator.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everybody's position among those who wait: the order of asking, since a room can be brought to whatever seat becomes
 * free. Those whose room is being brought somewhere have none.
 */
final class Positions {

    private Positions() {}

    static Map<Waiting, Integer> of(Fleet fleet) {
        Map<Waiting, Integer> positions = new LinkedHashMap<>();
        for (var who : fleet.queue()) {
            if (!fleet.pending().containsKey(who.room())) {
                positions.put(who, positions.size() + 1);
            }
        }
        return positions;
    }
}
