package dev.grandstand.allocator.scaling;

import java.time.Duration;

/**
 * How the fleet is scaled.
 *
 * @param min never fewer nodes
 * @param max never ordered more; a fleet that has more goes down to it step by step
 * @param headroom part of the audience for which seats are kept free, at least one node's
 * @param announcedHeadroom the same for people whom an announced show expected: it said how many come
 * @param readyBefore how long before an announced show its nodes are to serve
 * @param arrival for how long after its start a show's audience is waited for; after that, who has come is the audience
 * @param quiet for how long fewer nodes have to be enough before any goes: the quiet periods together
 * @param coolDown from any change to the next step down
 * @param stepDown part of the fleet that goes in one step, at least one node
 */
public record ScalingRules(
        int min,
        int max,
        double headroom,
        double announcedHeadroom,
        Duration readyBefore,
        Duration arrival,
        Duration quiet,
        Duration coolDown,
        double stepDown) {

    /** From one node to a hundred. */
    public static final ScalingRules DEFAULT = new ScalingRules(
            1,
            100,
            0.2,
            0.1,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            0.15);

    /** @throws IllegalArgumentException if the bounds cross, or a part is not between 0 and 1 */
    public ScalingRules {
        if (min < 0 || max < 1 || max < min) {
            throw new IllegalArgumentException("from " + min + " to " + max + " nodes is no range");
        }
        if (!isPart(headroom) || !isPart(announcedHeadroom) || !isPart(stepDown)) {
            throw new IllegalArgumentException("headroom and step are parts of a whole");
        }
    }

    private static boolean isPart(double part) {
        return part >= 0 && part <= 1;
    }

    /** The same between other bounds. */
    public ScalingRules between(int fewest, int most) {
        return new ScalingRules(
                fewest, most, headroom, announcedHeadroom, readyBefore, arrival, quiet, coolDown, stepDown);
    }

    /** The same with other times of quiet. */
    public ScalingRules calmed(Duration otherQuiet, Duration otherCoolDown) {
        return new ScalingRules(
                min, max, headroom, announcedHeadroom, readyBefore, arrival, otherQuiet, otherCoolDown, stepDown);
    }
}
