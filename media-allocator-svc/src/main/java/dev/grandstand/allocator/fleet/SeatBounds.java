package dev.grandstand.allocator.fleet;

/**
 * How many seats a node may offer.
 *
 * @param min at least
 * @param assumed as long as nothing has been learnt
 * @param max at most; where it is the same as the least, nothing is learnt
 * @param cpuTarget the share of its processors that a full node is to use, from 0 to 1
 */
public record SeatBounds(int min, int assumed, int max, double cpuTarget) {

    /** @throws IllegalArgumentException unless they stand in this order, and the target is a share */
    public SeatBounds {
        if (min < 1 || assumed < min || max < assumed || cpuTarget <= 0 || cpuTarget > 1) {
            throw new IllegalArgumentException("no bounds: %d, %d, %d, %s".formatted(min, assumed, max, cpuTarget));
        }
    }

    /** As many, whatever they cost. */
    public static SeatBounds fixed(int seats) {
        return new SeatBounds(seats, seats, seats, 1);
    }

    /** Whether nothing is to be learnt. */
    public boolean isFixed() {
        return min == max;
    }
}
