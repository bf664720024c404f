package dev.grandstand.e2e.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Kubernetes' HorizontalPodAutoscaler (autoscaling/v2) on CPU with its defaults: asked every 15 seconds, tolerance 0.1, at most
 * twice as many or four more at a time, and down to the highest of five minutes' recommendations. Nodes that start count as
 * idle on the way up.
 */
final class CpuAutoscaler implements Autoscaler {

    private static final double TARGET = 60;
    private static final double TOLERANCE = 0.1;
    private static final int STABLE = 300;

    private record Recommendation(int second, int nodes) {}

    private final Deque<Recommendation> recommendations = new ArrayDeque<>();

    @Override
    public int nodes(Sight sight) {
        int most = Math.min(World.MOST_NODES, Math.max(2 * sight.ordered(), sight.ordered() + 4));
        int now = Math.max(1, Math.min(most, recommended(sight)));
        recommendations.addLast(new Recommendation(sight.second(), now));
        while (recommendations.getFirst().second() < sight.second() - STABLE) {
            recommendations.removeFirst();
        }
        int highest =
                recommendations.stream().mapToInt(Recommendation::nodes).max().orElse(now);
        return now >= sight.ordered() ? now : Math.min(sight.ordered(), highest);
    }

    private static int recommended(Sight sight) {
        if (sight.serving() == 0) {
            return sight.ordered();
        }
        double ratio = sight.cpu() / sight.serving() / TARGET;
        if (ratio > 1 && sight.starting() > 0) {
            double idle = sight.cpu() / sight.ordered() / TARGET;
            return idle <= 1 + TOLERANCE ? sight.ordered() : (int) Math.ceil(idle * sight.ordered());
        }
        return Math.abs(ratio - 1) <= TOLERANCE ? sight.ordered() : (int) Math.ceil(ratio * sight.serving());
    }

    @Override
    public int every() {
        return 15;
    }

    @Override
    public boolean hasSeats() {
        return false;
    }
}
