package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Capacity;
import dev.grandstand.allocator.fleet.SeatBounds;
import dev.grandstand.allocator.fleet.Wear;
import dev.grandstand.mediaclient.NodeLoad;
import dev.grandstand.protocol.NodeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What has been learnt of each node: how many seats it carries, whether it said that it is full, and whether it is worn. */
final class NodeConditions {

    /** How long a node that said so counts as full; if it is so still it says so again. */
    private static final Duration FULL = Duration.ofMinutes(1);

    private final SeatBounds bounds;
    private final Wear wear;
    private final Map<NodeRef, Capacity> capacities = new HashMap<>();
    private final Map<NodeRef, Full> full = new HashMap<>();
    private final Set<NodeRef> leaky = new HashSet<>();

    private record Full(int seats, Instant until) {}

    NodeConditions(SeatBounds bounds, Wear wear) {
        this.bounds = bounds;
        this.wear = wear;
    }

    /** How many seats a node offers: never fewer than are taken. */
    int seats(NodeRef node, int taken, Instant now) {
        int carries = capacity(node).seats();
        var refused = full.get(node);
        if (refused != null && !refused.until().isAfter(now)) {
            full.remove(node);
        } else if (refused != null) {
            carries = Math.min(carries, refused.seats());
        }
        return Math.max(taken, carries);
    }

    /** It was looked at. */
    void looked(NodeRef node, int taken, NodeLoad load) {
        capacities.put(node, capacity(node).observed(taken, load.cpuPercent(), bounds));
    }

    /** It refused for want of resources. */
    void refused(NodeRef node, int taken, Instant now) {
        if (Wear.hasLeaked(taken, capacity(node).seats())) {
            leaky.add(node);
        }
        full.put(node, new Full(taken, now.plus(FULL)));
    }

    /** Whether it should be emptied, and started anew by whoever starts nodes. */
    boolean isWorn(NodeRef node, NodeLoad load, Instant now) {
        return leaky.contains(node) || wear.isTooWorn(load.memoryBytes(), Duration.between(load.since(), now));
    }

    /** It is gone; what comes back there is another process. */
    void forget(NodeRef node) {
        capacities.remove(node);
        full.remove(node);
        leaky.remove(node);
    }

    /** A node that is new is taken to be like the others. */
    private Capacity capacity(NodeRef node) {
        var known = capacities.get(node);
        if (known != null) {
            return known;
        }
        int like = (int)
                capacities.values().stream().mapToInt(Capacity::seats).average().orElse(bounds.assumed());
        return Capacity.assumed(like, bounds);
    }
}
