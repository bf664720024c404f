package dev.grandstand.protocol;

import java.net.URI;

/**
 * A media node and how to reach it.
 *
 * @param id which node
 * @param uri its Kurento WebSocket, for instance {@code ws://10.0.0.7:8888/kurento}
 */
public record NodeRef(NodeId id, URI uri) {}
