package dev.grandstand.allocator.cluster;

import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.protocol.NodeRef;

/**
 * A media node that belongs to the fleet.
 *
 * @param ref which
 * @param duty what it may be for a room
 */
public record FleetMember(NodeRef ref, Duty duty) {}
