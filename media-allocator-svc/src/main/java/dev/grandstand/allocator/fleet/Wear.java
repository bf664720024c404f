package dev.grandstand.allocator.fleet;

import java.time.Duration;

/**
 * When a node has had its time: media servers leak, and one that is emptied in time dies without an audience. Descriptors and
 * threads are not told by the Kurento protocol; a server that runs short of them says so when it refuses.
 *
 * @param memoryLimit resident bytes that it may have at most; 0 for no limit
 * @param ageLimit how long it may run at most; zero for no limit
 */
public record Wear(long memoryLimit, Duration ageLimit) {

    /** Nothing is too much. */
    public static final Wear UNLIMITED = new Wear(0, Duration.ZERO);

    /** Of a limit; a Kurento server refuses new objects from here on. */
    private static final double TOO_WORN = 0.8;

    /** A node that refuses although so much of its seats is free has leaked. */
    private static final double LEAKS_BELOW = 0.5;

    /**
     * How much of its life a node has behind it: 1 at the nearest of its limits.
     *
     * @param memoryBytes resident
     * @param age since it started
     */
    public double score(long memoryBytes, Duration age) {
        double memory = memoryLimit == 0 ? 0 : (double) memoryBytes / memoryLimit;
        double time = ageLimit.isZero() ? 0 : (double) age.toMillis() / ageLimit.toMillis();
        return Math.max(memory, time);
    }

    /** Whether it is to be emptied. */
    public boolean isTooWorn(long memoryBytes, Duration age) {
        return score(memoryBytes, age) >= TOO_WORN;
    }

    /** Whether a node that refuses for want of resources has lost them, and not given them to so many people. */
    public static boolean hasLeaked(int taken, int seats) {
        return taken < LEAKS_BELOW * seats;
    }
}
