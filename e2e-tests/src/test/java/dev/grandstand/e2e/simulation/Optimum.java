package dev.grandstand.e2e.simulation;

/**
 * The fewest node hours with which nobody waits, for one who knows what comes: each node is ordered a boot before it is needed,
 * packed full, and goes with the last of its people, unless it is needed again before another would have booted.
 */
final class Optimum {

    private Optimum() {}

    /** Nodes that are ordered at each second. */
    static int[] nodes(Scenario scenario) {
        int seconds = scenario.audience().seconds();
        var nodes = new int[seconds];
        for (int t = 0; t < seconds; t++) {
            int most = 1;
            for (int s = t; s <= Math.min(seconds - 1, t + scenario.boot()); s++) {
                most = Math.max(most, Math.ceilDiv(scenario.audience().people()[s], scenario.seats()));
            }
            nodes[t] = most;
        }
        return nodes;
    }
}
