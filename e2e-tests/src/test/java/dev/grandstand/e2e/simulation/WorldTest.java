package dev.grandstand.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.scaling.Schedule;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is simulated adds up, or no figure means anything. */
class WorldTest {

    private static final int SEATS = 100;
    private static final int BOOT = 20;

    static Stream<Scenario> scenarios() {
        return Stream.of(
                scenario(t -> t < 100 ? 500 : 5_000),
                scenario(t -> t % 120 < 60 ? 1_000 : 2_500),
                scenario(t -> Math.max(0, 4_000 - 4 * t)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nobodyIsLostAndNobodyIsMadeUp(Scenario scenario) {
        Contest.POLICIES.forEach((name, policy) -> {
            var outcome = new World(scenario, policy.apply(scenario)).run();

            assertThat(outcome.left() + outcome.refused() + outcome.there())
                    .as(name)
                    .isEqualTo(outcome.came());
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aNodeWithSeatsCarriesNoMoreThanItHas(Scenario scenario) {
        assertThat(new World(scenario, new ShippedPolicy(scenario)).run().overloadSeconds())
                .isZero();
        assertThat(new World(scenario, new FixedBuffer(SEATS)).run().overloadSeconds())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theSameSeedMakesTheSameRun(Scenario scenario) {
        var one = new World(scenario, new ShippedPolicy(scenario)).run();
        var other = new World(scenario, new ShippedPolicy(scenario)).run();

        assertThat(other.nodes()).isEqualTo(one.nodes());
        assertThat(other.waiting()).isEqualTo(one.waiting());
    }

    @Test
    void whoFindsNoSeatWaitsUntilANodeHasBooted() {
        var outcome = new World(scenario(t -> t < 100 ? 500 : 5_000), new ShippedPolicy(scenario(t -> 0))).run();

        assertThat(outcome.waits().longest()).isBetween(BOOT / 2, BOOT + 1);
        assertThat(outcome.refused()).isZero();
    }

    @Test
    void aFleetThatDoesNotGrowRefusesInTheEnd() {
        var scenario = scenario(t -> t < 100 ? 500 : 5_000);
        var outcome = new World(scenario, new Autoscaler() {
                    @Override
                    public int nodes(Sight sight) {
                        return 7;
                    }

                    @Override
                    public int every() {
                        return 1;
                    }

                    @Override
                    public boolean hasSeats() {
                        return true;
                    }
                })
                .run();

        assertThat(outcome.refused()).isGreaterThan(4_000);
        assertThat(outcome.there()).isGreaterThanOrEqualTo(7 * SEATS);
        assertThat(outcome.nodes()).containsOnly(7);
    }

    @Test
    void theOptimumOrdersABootBeforeTheNeed() {
        var nodes = Optimum.nodes(scenario(t -> t < 100 ? 500 : 5_000));

        assertThat(nodes[99 - BOOT]).isEqualTo(5);
        assertThat(nodes[100 - BOOT]).isEqualTo(50);
    }

    @Test
    void newcomersGoWhereThereIsMostRoom() {
        var nodes = List.of(new Node(0), new Node(0), new Node(0), new Node(10));
        nodes.get(0).add(5);
        nodes.get(1).add(2);

        assertThat(new Crowd(nodes, SEATS).seat(9, 0)).isEqualTo(9);
        assertThat(nodes).extracting(Node::people).containsExactly(6, 5, 5, 0);
    }

    @Test
    void peopleLeaveEvenly() {
        var nodes = List.of(new Node(0), new Node(0));
        nodes.get(0).add(60);
        nodes.get(1).add(30);

        assertThat(new Crowd(nodes, SEATS).leave(30, 0.5)).isEqualTo(30);
        assertThat(nodes).extracting(Node::people).containsExactly(40, 20);
    }

    @Test
    void theCpuAutoscalerFollowsKubernetesFormula() {
        assertThat(cpu(sight(10, 0, 80))).as("10 × 80 / 60").isEqualTo(14);
        assertThat(cpu(sight(10, 0, 65))).as("within the tolerance").isEqualTo(10);
        assertThat(cpu(sight(2, 0, 100))).as("rounded up").isEqualTo(4);
        assertThat(cpu(sight(10, 10, 100))).as("those that start are idle").isEqualTo(20);
    }

    private static int cpu(Sight sight) {
        return new CpuAutoscaler().nodes(sight);
    }

    private static Sight sight(int serving, int starting, double cpu) {
        return new Sight(0, serving, starting, 0, 0, 0, serving * cpu, 0, Map.of());
    }

    private static Scenario scenario(DoubleUnaryOperator people) {
        return new Scenario(
                "test",
                "Test",
                Scenario.Kind.COURSE,
                BOOT,
                SEATS,
                Audience.of(900, people, t -> 0, new SplittableRandom(1)),
                Schedule.NONE,
                List.of(new Scenario.Loss(500, 0.2)),
                2);
    }
}
