package dev.grandstand.allocator.fleet;

/**
 * How many seats a node carries until it uses the share of its processors that it shall, learnt from what each costs. Where few
 * seats are taken little is learnt: then the node's own work and the chance of a short measurement are most of what is
 * seen.
 *
 * @param seats the estimate; changes only by {@link #STEP} or more, so that it does not tremble
 * @param seatsSeen sum of the seats that were taken at each look; what is older weighs less
 * @param cpuSeen sum of the percent of all processors that they used
 */
public record Capacity(int seats, double seatsSeen, double cpuSeen) {

    /** Looks that what is assumed counts for. */
    private static final double CONFIDENCE = 5;

    /** What a look weighs at the next one; a look every two seconds is forgotten by half after more than a minute. */
    private static final double MEMORY = 0.98;

    /** Of the seats, that have to be taken for anything to be learnt. */
    private static final double LEAST_SHARE = 0.1;

    private static final double STEP = 0.05;

    /** Before anything has been seen. */
    public static Capacity assumed(int seats, SeatBounds bounds) {
        int within = Math.clamp(seats, bounds.min(), bounds.max());
        return new Capacity(within, CONFIDENCE * within, CONFIDENCE * bounds.cpuTarget() * 100);
    }

    /**
     * After a look at the node.
     *
     * @param taken seats that are in use
     * @param cpuPercent of all processors, from 0 to 100
     */
    public Capacity observed(int taken, double cpuPercent, SeatBounds bounds) {
        if (bounds.isFixed() || taken < Math.max(1, LEAST_SHARE * seats)) {
            return this;
        }
        double allSeats = MEMORY * seatsSeen + taken;
        double allCpu = MEMORY * cpuSeen + cpuPercent;
        double possible = allCpu <= 0 ? bounds.max() : bounds.cpuTarget() * 100 * allSeats / allCpu;
        int within = (int) Math.clamp(possible, bounds.min(), bounds.max());
        return new Capacity(isNews(within, bounds) ? within : seats, allSeats, allCpu);
    }

    private boolean isNews(int other, SeatBounds bounds) {
        boolean atBound = other == bounds.min() || other == bounds.max();
        return atBound || Math.abs(other - seats) >= STEP * seats;
    }
}
