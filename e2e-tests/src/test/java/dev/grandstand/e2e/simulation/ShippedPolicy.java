package dev.grandstand.e2e.simulation;

import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.FleetFigures;
import java.time.Duration;

/** Ours: the very code that the allocator runs. */
final class ShippedPolicy implements Autoscaler {

    private final Scenario scenario;
    private final ScalingPolicy policy = new ScalingPolicy(ScalingRules.DEFAULT.between(1, World.MOST_NODES));

    ShippedPolicy(Scenario scenario) {
        this.scenario = scenario;
    }

    @Override
    public int nodes(Sight sight) {
        return policy.decide(
                        new FleetFigures(
                                sight.ordered(),
                                sight.serving(),
                                0,
                                sight.draining(),
                                scenario.seats(),
                                Duration.ofSeconds(scenario.boot())),
                        new Demand(sight.seated(), sight.waiting(), sight.audiences()),
                        scenario.schedule(),
                        World.BEGIN.plusSeconds(sight.second()))
                .nodes();
    }

    @Override
    public int every() {
        return 1;
    }

    @Override
    public boolean hasSeats() {
        return true;
    }
}
