package dev.grandstand.allocator.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Spreads rooms: the node with the smallest share of its seats taken, so that a big node fills as fast as a small one.
 * Between equals the one whose CPU is less busy, then the first by name, so that the choice can be repeated.
 */
public final class LeastLoaded implements PlacementStrategy {

    private static final Comparator<Candidate> ORDER = Comparator.comparingDouble(Candidate::share)
            .thenComparingDouble(candidate -> candidate.node().cpuPercent())
            .thenComparing(candidate -> candidate.node().ref().id().value());

    @Override
    public Optional<Candidate> choose(List<Candidate> candidates) {
        return candidates.stream().min(ORDER);
    }
}
