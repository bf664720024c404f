package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeRef;

/**
 * A media node as last seen.
 *
 * @param ref which
 * @param seats how many it offers
 * @param answering whether it answers; if not it gets nothing new
 * @param cpuPercent of one core, from 0 to 100 times its cores
 */
public record NodeState(NodeRef ref, int seats, boolean answering, double cpuPercent) {

    NodeState silent() {
        return new NodeState(ref, seats, false, cpuPercent);
    }
}
