package dev.grandstand.allocator.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Packs rooms: the fullest node that still has a seat, so that the others stay or become empty and can be taken away.
 * Between equals the first by name.
 */
public final class FullestFirst implements PlacementStrategy {

    private static final Comparator<Candidate> ORDER = Comparator.comparingDouble(Candidate::share)
            .reversed()
            .thenComparing(candidate -> candidate.node().ref().id().value());

    @Override
    public Optional<Candidate> choose(List<Candidate> candidates, long seed) {
        return candidates.stream().min(ORDER);
    }
}
