package dev.grandstand.allocator.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * How many nodes go at once. It is not the allocator that deletes them but a controller with an order of its own, which follows
 * what it is told by some versions only; so one goes first, and twice as many each time that exactly those went that were to.
 * After another one went, it is one at a time for a while. Confined to one thread.
 */
public final class Strides {

    /** As many as Kubernetes' controllers delete in a second unless they are configured otherwise. */
    private static final int MOST = 20;

    private static final Duration CAREFUL = Duration.ofMinutes(10);

    private int size = 1;
    private Instant carefulUntil = Instant.MIN;

    /** No more than these. */
    public int most() {
        return size;
    }

    /** Those went that were to. */
    public void right(Instant now) {
        size = now.isBefore(carefulUntil) ? 1 : Math.min(MOST, 2 * size);
    }

    /** Another one went. */
    public void wrong(Instant now) {
        size = 1;
        carefulUntil = now.plus(CAREFUL);
    }
}
