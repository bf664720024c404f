package dev.grandstand.allocator.scaling;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.Waiting;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.util.HashMap;
import java.util.Set;

/** Reads from the fleet who wants to be carried. */
public final class Audiences {

    private Audiences() {}

    /**
     * As a decision wants it, with the audiences of all announced shows.
     *
     * @param elsewhere nodes that are not scaled: who has a seat there asks nothing of those that are
     */
    public static Demand of(Fleet fleet, Schedule schedule, Set<NodeId> elsewhere) {
        int seated = fleet.seats().people()
                - elsewhere.stream().mapToInt(fleet.seats()::settledOn).sum();
        var audiences = new HashMap<RoomId, Integer>();
        schedule.shows().stream()
                .map(ScheduledShow::room)
                .forEach(room -> audiences.put(room, fleet.seatsIn(room).size()));
        fleet.queue().stream()
                .map(Waiting::room)
                .forEach(room -> audiences.computeIfPresent(room, (same, people) -> people + 1));
        return new Demand(seated, fleet.queue().size(), audiences);
    }
}
