package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.fleet.PlacementStrategy.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlacementStrategyTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final PlacementStrategy leastLoaded = new LeastLoaded();
    private final PlacementStrategy twoChoices = new TwoChoices();
    private final PlacementStrategy spread = new Spread();
    private final PlacementStrategy pack = new FullestFirst();

    @Test
    void nothingToChooseFromIsNoChoice() {
        assertThat(leastLoaded.choose(List.of(), 1)).isEmpty();
        assertThat(twoChoices.choose(List.of(), 1)).isEmpty();
        assertThat(spread.choose(List.of(), 1)).isEmpty();
        assertThat(pack.choose(List.of(), 1)).isEmpty();
    }

    @Test
    void shareOfSeatsCountsAndNotTheirNumber() {
        var big = candidate("big", 100, 40, 0);
        var small = candidate("small", 10, 5, 0);

        assertThat(leastLoaded.choose(List.of(small, big), 1)).contains(big);
        assertThat(twoChoices.choose(List.of(small, big), 1)).contains(big);
        assertThat(pack.choose(List.of(big, small), 1)).contains(small);
    }

    @Test
    void theLessBusyOfEquallyFullNodesIsChosen() {
        var busy = candidate("a", 10, 1, 90);
        var idle = candidate("b", 10, 1, 5);

        assertThat(leastLoaded.choose(List.of(busy, idle), 1)).contains(idle);
    }

    @Test
    void equalsAreChosenByName() {
        var a = candidate("a", 10, 0, 0);
        var b = candidate("b", 10, 0, 0);

        assertThat(leastLoaded.choose(List.of(b, a), 1)).contains(a);
        assertThat(pack.choose(List.of(b, a), 1)).contains(a);
    }

    @Test
    void audiencesThatAreStillToComeCount() {
        var settled = new Candidate(state("settled", 100, 0), 30, 0, 20);
        var justGivenTwo = new Candidate(state("fresh", 100, 0), 2, 2, 20);

        assertThat(leastLoaded.choose(List.of(justGivenTwo, settled), 1)).contains(settled);
    }

    @Test
    void theSameSeedMakesTheSameChoiceAndOthersMakeOthers() {
        var nodes = IntStream.range(0, 10)
                .mapToObj(i -> candidate("n" + i, 10, 0, 0))
                .toList();

        assertThat(twoChoices.choose(nodes, 7)).isEqualTo(twoChoices.choose(nodes, 7));
        assertThat(LongStream.range(0, 100)
                        .mapToObj(seed -> twoChoices.choose(nodes, seed).orElseThrow())
                        .distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void theFullestOfAllIsNeverTheChoiceOfTwo() {
        var nodes = IntStream.range(0, 10)
                .mapToObj(i -> candidate("n" + i, 10, i, 0))
                .toList();

        assertThat(LongStream.range(0, 1_000)
                        .mapToObj(seed -> twoChoices.choose(nodes, seed).orElseThrow()))
                .doesNotContain(nodes.getLast());
    }

    @Test
    void aNodeThatHasJustComeGetsOnlyItsPartOfABurst() {
        var rooms = new int[11];
        for (int room = 0; room < 55; room++) {
            var nodes = IntStream.range(0, rooms.length)
                    .mapToObj(i -> i == 10
                            ? new Candidate(state("n-new", 1_000, 0), rooms[10], rooms[10], 1)
                            : new Candidate(state("n" + i, 1_000, 0), 500 + rooms[i], 20 + rooms[i], 1))
                    .toList();
            rooms[nodes.indexOf(spread.choose(nodes, room * 7919L).orElseThrow())]++;
        }

        assertThat(rooms[10]).as("two of eleven nodes are drawn each time").isBetween(4, 20);
    }

    @Test
    void fiveHundredRoomsOfOneSecondAreSpreadEvenly() {
        var rooms = new int[20];
        var ramps = new Ramp[20];
        Arrays.fill(ramps, Ramp.NONE);
        for (int room = 0; room < 500; room++) {
            var now = NOON.plusMillis(2L * room);
            var nodes = IntStream.range(0, rooms.length)
                    .mapToObj(i -> new Candidate(state("n" + i, 200, 0), rooms[i], ramps[i].credit(now), 3))
                    .toList();
            int chosen = nodes.indexOf(spread.choose(nodes, room).orElseThrow());
            rooms[chosen]++;
            ramps[chosen] = ramps[chosen].joined(now);
        }

        assertThat(Arrays.stream(rooms).max().orElseThrow() / 25.0).isLessThanOrEqualTo(1.3);
    }

    @Test
    void aRoomThatCameCountsForHalfAfterAWhile() {
        var ramp = Ramp.NONE.joined(NOON).joined(NOON);

        assertThat(ramp.credit(NOON)).isEqualTo(2);
        assertThat(ramp.credit(NOON.plus(Ramp.HALF_LIFE))).isEqualTo(1);
        assertThat(ramp.credit(NOON.plus(Duration.ofMinutes(5)))).isLessThan(0.001);
        assertThat(ramp.joined(NOON.minusSeconds(1)).credit(NOON)).isEqualTo(3);
    }

    private static Candidate candidate(String name, int seats, int taken, double cpu) {
        return new Candidate(state(name, seats, cpu), taken, 0, 1);
    }

    private static NodeState state(String name, int seats, double cpu) {
        return new NodeState(Story.node(name), Duty.ANY, seats, true, cpu);
    }
}
