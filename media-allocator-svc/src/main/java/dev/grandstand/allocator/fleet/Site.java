package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeRef;

/**
 * What a room has on one node.
 *
 * @param node which
 * @param pipeline Kurento id of the room's pipeline there
 */
public record Site(NodeRef node, String pipeline) {}
