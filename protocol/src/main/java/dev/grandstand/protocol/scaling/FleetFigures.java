package dev.grandstand.protocol.scaling;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;

/**
 * The fleet as a scaling decision sees it.
 *
 * @param ordered nodes that are asked for: those that serve, those that start, and those that are stuck, but none that drains
 * @param serving those of them that answer and take people
 * @param stuck those of them that have been starting for so long that nobody counts on them any more
 * @param draining nodes beside these that are being emptied
 * @param seatsPerNode how many people a new node carries, at least 1
 * @param boot how long it takes from ordering a node until it serves; as measured, or as assumed until then. In JSON as ISO
 *     8601 writes it, {@code PT30S}
 */
public record FleetFigures(
        int ordered,
        int serving,
        int stuck,
        int draining,
        int seatsPerNode,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration boot) {

    /** @throws IllegalArgumentException if nothing fits on a node */
    public FleetFigures {
        if (seatsPerNode < 1) {
            throw new IllegalArgumentException("a node has at least one seat, not " + seatsPerNode);
        }
    }
}
