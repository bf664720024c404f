package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Arrival;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** Knows which media nodes there are. */
public interface FleetSource {

    /**
     * Completes when the fleet is known.
     *
     * @param listener is told of the fleet, on the caller's context
     */
    Future<Void> start(Listener listener);

    /** Who works with the fleet. */
    interface Listener {

        /** The fleet is this now: said at first, and whenever it has changed. */
        void fleetIs(Set<FleetMember> fleet);

        /** These nodes are starting, and no others; where nobody can know of such, it is never said. */
        void seatsExpected(List<Arrival> arrivals);
    }

    /** Says no more. */
    Future<Void> stop();
}
