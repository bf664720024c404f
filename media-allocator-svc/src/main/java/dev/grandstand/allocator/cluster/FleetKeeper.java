package dev.grandstand.allocator.cluster;

import dev.grandstand.allocator.fleet.Arrival;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.scaling.Schedule;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The allocator that leads, as whoever knows the nodes sees it. */
public interface FleetKeeper {

    /** As of now. */
    Fleet fleet();

    /** The announced shows, as of now. */
    Schedule schedule();

    /** These are all nodes; what is on others is lost, and made again. */
    void nodesAre(Set<FleetMember> nodes);

    /**
     * Nodes that are being started, so that those who wait are told for how long.
     *
     * @param arrivals the whole list; an earlier one is forgotten
     */
    void seatsExpected(List<Arrival> arrivals);

    /** A node gets nothing new and is emptied, or is used again. */
    Future<Void> drain(NodeId node, boolean drains);

    /** The latest that were told before this allocator led, newest first. */
    List<ScalingStep> scalingSteps();

    /** Completes when it is durable; fails if this allocator leads no more. */
    <V> Future<Void> publish(Topic<V> topic, V value);
}
