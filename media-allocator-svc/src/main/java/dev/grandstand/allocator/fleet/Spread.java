package dev.grandstand.allocator.fleet;

import java.util.List;
import java.util.Optional;

/** Spreads rooms: {@link LeastLoaded}, and {@link TwoChoices} while many rooms begin within seconds. */
public final class Spread implements PlacementStrategy {

    /** Rooms a node, that came a short while ago; from here on it is a burst. */
    private static final double BURST = 2;

    private final PlacementStrategy calm = new LeastLoaded();
    private final PlacementStrategy burst = new TwoChoices();

    @Override
    public Optional<Candidate> choose(List<Candidate> candidates, long seed) {
        double arriving = candidates.stream().mapToDouble(Candidate::arriving).sum();
        return (arriving > BURST * candidates.size() ? burst : calm).choose(candidates, seed);
    }
}
