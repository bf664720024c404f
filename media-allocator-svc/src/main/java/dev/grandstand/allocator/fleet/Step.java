package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One input on its way to a decision: the fleet as it is after all that has been decided so far, and what that was. */
final class Step {

    private final FleetInput input;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private Fleet fleet;

    Step(Fleet fleet, FleetInput input) {
        this.fleet = fleet;
        this.input = input;
    }

    Fleet fleet() {
        return fleet;
    }

    FleetInput input() {
        return input;
    }

    void tell(RoomId room, MediaEvent event) {
        tell(room, input.cause(), input.at(), event);
    }

    void tell(RoomId room, CommandId cause, Instant at, MediaEvent event) {
        happened(new Fact.Published(new EventRecord<>(room, cause, at, event)));
    }

    void happened(Fact fact) {
        facts.add(fact);
        fleet = fleet.evolve(fact);
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void release(Site site) {
        effect(new Effect.ReleasePipeline(site.node(), site.pipeline()));
    }

    Decision decision() {
        return new Decision(fleet, facts, effects);
    }
}
