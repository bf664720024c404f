package dev.grandstand.allocator.fleet;

import java.time.Duration;

/**
 * How rooms grow beyond one node.
 *
 * @param edgesPerNode how many edges, of whatever rooms, may pull from one node, beside its seats; a room whose nodes have
 *     all as many cannot grow
 * @param ahead how long it takes to bring a room to one node more, generously: a room whose audience grows is brought there as
 *     long before its seats run out; zero for not before they have
 * @param linger how long a room stays on a node, and in the fleet, where nobody has a seat, for those who come and go
 */
public record Growth(int edgesPerNode, Duration ahead, Duration linger) {

    /** Eight edges of a hundred seats each: enough for most shows, and a tenth of the node's work. */
    public static final Growth DEFAULT = new Growth(8, Duration.ofSeconds(3), Duration.ofSeconds(30));
}
