package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.media.MediaEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What an input leads to.
 *
 * @param fleet the state after all of it
 * @param facts in their order
 * @param effects to be carried out
 */
public record Decision(Fleet fleet, List<Fact> facts, List<Effect> effects) {

    /** Copies what it is given. */
    public Decision {
        facts = List.copyOf(facts);
        effects = List.copyOf(effects);
    }

    /** What everybody is told. */
    public List<EventRecord<MediaEvent>> events() {
        var events = new ArrayList<EventRecord<MediaEvent>>(facts.size());
        for (var fact : facts) {
            if (fact instanceof Fact.Published(var event)) {
                events.add(event);
            }
        }
        return events;
    }
}
