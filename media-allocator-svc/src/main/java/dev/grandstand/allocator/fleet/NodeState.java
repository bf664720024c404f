package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeRef;

/**
 * A media node as last seen.
 *
 * @param ref which
 * @param duty what it may be for a room
 * @param seats how many it offers
 * @param answering whether it answers; if not it gets nothing new
 * @param cpuPercent of all its processors, from 0 to 100
 */
public record NodeState(NodeRef ref, Duty duty, int seats, boolean answering, double cpuPercent) {

    NodeState offering(int others) {
        return new NodeState(ref, duty, others, answering, cpuPercent);
    }

    NodeState silent() {
        return new NodeState(ref, duty, seats, false, cpuPercent);
    }
}
