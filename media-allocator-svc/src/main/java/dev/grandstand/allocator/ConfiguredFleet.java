package dev.grandstand.allocator;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The nodes that the configuration names; they never change. */
final class ConfiguredFleet implements FleetSource {

    private final Set<FleetMember> nodes;

    ConfiguredFleet(List<FleetMember> nodes) {
        this.nodes = Set.copyOf(nodes);
    }

    @Override
    public Future<Void> start(Listener listener) {
        listener.fleetIs(nodes);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }
}
