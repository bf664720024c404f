package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetKeeper;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.cluster.ScalingDesk;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes that the configuration names; they never change. */
final class ConfiguredFleet implements FleetSource {

    private final Set<FleetMember> nodes;
    private final Set<NodeId> worn = new HashSet<>();
    private @Nullable FleetKeeper keeper;

    ConfiguredFleet(List<FleetMember> nodes) {
        this.nodes = Set.copyOf(nodes);
    }

    @Override
    public Future<Void> start(FleetKeeper to, Future<Void> known) {
        keeper = to;
        return known.onSuccess(now -> to.nodesAre(nodes));
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
    public void wornOut(NodeId node) {
        if (!keeper().fleet().draining().contains(node) && worn.add(node)) {
            keeper().drain(node, true);
        }
    }

    @Override
    public void renewed(NodeId node) {
        // Not what operators have drained.
        if (worn.remove(node)) {
            keeper().drain(node, false);
        }
    }

    private FleetKeeper keeper() {
        return Objects.requireNonNull(keeper, "not started");
    }

    @Override
    public Future<Departure> depart(NodeId node, String asker) {
        return Future.succeededFuture(new Departure.Refused("the configured nodes are drained by operators"));
    }
}
