package dev.grandstand.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/scaling.md promises of spikes of a hundred thousand; {@code ./grandstand simulate} shows the rest. */
class ShippedPolicyTest {

    private static final double MOST_NODE_HOURS = 1.25;
    private static final int GRACE = 2;

    static Stream<Scenario> spikes() {
        return Scenarios.with(30, 1).stream()
                .filter(scenario -> scenario.kind() != Scenario.Kind.COURSE && scenario.seats() == 100);
    }

    @ParameterizedTest
    @MethodSource("spikes")
    void aSpikeIsCarried(Scenario scenario) {
        var outcome = new World(scenario, new ShippedPolicy(scenario)).run();

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.overloadSeconds()).isZero();
        if (scenario.kind() == Scenario.Kind.SCHEDULED) {
            assertThat(outcome.waits().longest()).isZero();
            assertThat(outcome.nodeHours() / Outcome.hours(Optimum.nodes(scenario)))
                    .isLessThan(MOST_NODE_HOURS);
        } else {
            assertThat(outcome.waits().longest()).isLessThanOrEqualTo(scenario.boot() + GRACE);
        }
    }
}
