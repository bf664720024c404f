package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;

/** What has to be done to a media node. */
public sealed interface Effect {

    /** On which node. */
    NodeRef node();

    /** Make a room's pipeline, and say how that went. */
    record CreatePipeline(RoomId room, NodeRef node) implements Effect {}

    /** Release a pipeline that nobody needs. */
    record ReleasePipeline(NodeRef node, String pipeline) implements Effect {}
}
