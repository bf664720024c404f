package dev.grandstand.allocator.fleet;

import java.time.Instant;

/**
 * A media node that is starting.
 *
 * @param ready when it is expected to serve
 * @param seats how many it is going to offer
 */
public record Arrival(Instant ready, int seats) {}
