package dev.grandstand.allocator.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The node with the smallest share of its seats taken, so that a big node fills as fast as a small one; audiences that are
 * still to come count. Between equals the one whose CPU is less busy, then the first by name, so that the choice can be
 * repeated.
 */
public final class LeastLoaded implements PlacementStrategy {

    static final Comparator<Candidate> ORDER = Comparator.comparingDouble(Candidate::expectedShare)
            .thenComparingDouble(candidate -> candidate.node().cpuPercent())
            .thenComparing(candidate -> candidate.node().ref().id().value());

    @Override
    public Optional<Candidate> choose(List<Candidate> candidates, long seed) {
        return candidates.stream().min(ORDER);
    }
}
