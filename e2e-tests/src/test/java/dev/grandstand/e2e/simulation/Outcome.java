package dev.grandstand.e2e.simulation;

/**
 * How a fleet fared in a scenario.
 *
 * @param waits of everybody who came, and once more of whoever lost their node
 * @param came how many
 * @param left how many of them by themselves
 * @param refused how many of them, after they waited in vain
 * @param there how many of them were there in the end
 * @param overloadSeconds seconds in which any node had more people than seats
 * @param moves people moved from a node that drained
 * @param nodes that were paid for, at each second
 * @param waiting people without a seat, at each second
 */
record Outcome(
        Waits waits,
        long came,
        long left,
        long refused,
        long there,
        int overloadSeconds,
        long moves,
        int[] nodes,
        int[] waiting) {

    double movesPerViewer() {
        return came == 0 ? 0 : (double) moves / came;
    }

    double nodeHours() {
        return hours(nodes);
    }

    static double hours(int[] nodes) {
        long seconds = 0;
        for (int each : nodes) {
            seconds += each;
        }
        return seconds / 3600.0;
    }
}
