package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import java.time.Instant;

/**
 * Somebody's seat.
 *
 * @param node where
 * @param since when they asked for it
 */
public record SeatAt(NodeId node, Instant since) {}
