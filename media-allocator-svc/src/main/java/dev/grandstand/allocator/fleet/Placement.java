package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeRef;

/**
 * Where a room is.
 *
 * @param node its origin
 * @param pipeline Kurento id of its pipeline there
 */
public record Placement(NodeRef node, String pipeline) {}
