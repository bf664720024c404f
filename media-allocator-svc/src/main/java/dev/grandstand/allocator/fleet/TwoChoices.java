package dev.grandstand.allocator.fleet;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The less loaded of two nodes that are drawn by lot ("the power of two choices", Mitzenmacher 2001): nearly as even as the
 * least loaded of all, but a node that has just come, and is the emptiest for a while, gets only its part of a burst.
 */
public final class TwoChoices implements PlacementStrategy {

    @Override
    public Optional<Candidate> choose(List<Candidate> candidates, long seed) {
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        var lots = new SplittableRandom(seed);
        int one = lots.nextInt(candidates.size());
        int other = (one + 1 + lots.nextInt(candidates.size() - 1)) % candidates.size();
        return List.of(candidates.get(one), candidates.get(other)).stream().min(LeastLoaded.ORDER);
    }
}
