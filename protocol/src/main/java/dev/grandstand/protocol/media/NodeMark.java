package dev.grandstand.protocol.media;

import dev.grandstand.protocol.NodeId;
import java.time.Instant;

/**
 * What operators said of a media node last.
 *
 * @param node which
 * @param draining whether it gets nothing new, and is emptied
 * @param at when
 */
public record NodeMark(NodeId node, boolean draining, Instant at) {}
