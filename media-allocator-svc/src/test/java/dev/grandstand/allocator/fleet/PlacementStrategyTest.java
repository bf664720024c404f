package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.fleet.PlacementStrategy.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementStrategyTest {

    private final PlacementStrategy spread = new LeastLoaded();
    private final PlacementStrategy pack = new FullestFirst();

    @Test
    void nothingToChooseFromIsNoChoice() {
        assertThat(spread.choose(List.of())).isEmpty();
        assertThat(pack.choose(List.of())).isEmpty();
    }

    @Test
    void shareOfSeatsCountsAndNotTheirNumber() {
        var big = candidate("big", 100, 40, 0);
        var small = candidate("small", 10, 5, 0);

        assertThat(spread.choose(List.of(small, big))).contains(big);
        assertThat(pack.choose(List.of(big, small))).contains(small);
    }

    @Test
    void theLessBusyOfEquallyFullNodesIsChosen() {
        var busy = candidate("a", 10, 1, 90);
        var idle = candidate("b", 10, 1, 5);

        assertThat(spread.choose(List.of(busy, idle))).contains(idle);
    }

    @Test
    void equalsAreChosenByName() {
        var a = candidate("a", 10, 0, 0);
        var b = candidate("b", 10, 0, 0);

        assertThat(spread.choose(List.of(b, a))).contains(a);
        assertThat(pack.choose(List.of(b, a))).contains(a);
    }

    private static Candidate candidate(String name, int seats, int taken, double cpu) {
        return new Candidate(new NodeState(Story.node(name), seats, true, cpu), taken);
    }
}
