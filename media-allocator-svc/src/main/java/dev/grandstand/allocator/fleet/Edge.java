package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One more node that a room is on, because the others had no seat left.
 *
 * @param node which
 * @param pipeline Kurento id of the room's pipeline there
 * @param parent the node that it pulls the room's streams from: the origin, or another edge
 * @param unused since when nobody has a seat there; absent while somebody has
 */
public record Edge(
        NodeRef node,
        String pipeline,
        NodeId parent,
        @Nullable Instant unused) {

    Edge used() {
        return unused == null ? this : new Edge(node, pipeline, parent, null);
    }

    Edge pullingFrom(NodeId other) {
        return new Edge(node, pipeline, other, unused);
    }

    Edge unusedSince(Instant at) {
        return new Edge(node, pipeline, parent, at);
    }
}
