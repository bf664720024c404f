package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetKeeper;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.cluster.ScalingDesk;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nodes that the configuration names; they never change. */
final class ConfiguredFleet implements FleetSource {

    private final Set<FleetMember> nodes;

    ConfiguredFleet(List<FleetMember> nodes) {
        this.nodes = Set.copyOf(nodes);
    }

    @Override
    public Future<Void> start(FleetKeeper keeper) {
        keeper.nodesAre(nodes);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    @Override
    public Optional<ScalingDesk> scaling() {
        return Optional.empty();
    }

    @Override
    public Future<Departure> depart(NodeId node, String asker) {
        return Future.succeededFuture(new Departure.Refused("the configured nodes are drained by operators"));
    }
}
