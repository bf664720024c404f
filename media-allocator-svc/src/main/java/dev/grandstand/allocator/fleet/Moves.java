package dev.grandstand.allocator.fleet;

import java.time.Duration;

/**
 * How people are moved from one node to another.
 *
 * @param atOnce how many are on the way at any time: each has two connections and two seats meanwhile, and costs a keyframe
 * @param limit how long somebody may take; after that the former seat is taken from them
 */
public record Moves(int atOnce, Duration limit) {

    /** A few frames for each of twenty people, and as long as a browser in the background may sleep. */
    public static final Moves DEFAULT = new Moves(20, Duration.ofSeconds(20));
}
