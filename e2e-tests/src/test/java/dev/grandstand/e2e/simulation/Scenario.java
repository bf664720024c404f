package dev.grandstand.e2e.simulation;

import dev.grandstand.allocator.scaling.Schedule;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a fleet goes through.
 *
 * @param name snake case
 * @param title for people
 * @param kind what of it is held to a target
 * @param boot seconds from ordering a node until it serves, at most; a fifth less at best
 * @param seats people a node carries
 * @param audience who comes and goes
 * @param schedule what was announced of it; second 0 is {@link World#BEGIN}
 * @param losses nodes that die
 * @param seed of what happens at random during the run
 */
record Scenario(
        String name,
        String title,
        Kind kind,
        int boot,
        int seats,
        Audience audience,
        Schedule schedule,
        List<Loss> losses,
        long seed) {

    enum Kind {
        /** An announced spike. */
        SCHEDULED,
        /** A spike that nobody announced, or not all of it. */
        UNSCHEDULED,
        /** All else. */
        COURSE
    }

    /**
     * Nodes die all at once.
     *
     * @param at in which second
     * @param part of the nodes that serve then
     */
    record Loss(int at, double part) {}

    SplittableRandom random() {
        return new SplittableRandom(seed);
    }
}
