package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.fleet.Arrival;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.scaling.FleetFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The pods of the Deployment that is scaled, in figures. */
final class PodFigures {

    /** A pod that takes longer than this many times the usual, and longer than half a minute, is not counted on. */
    private static final int PATIENCE = 3;

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

    private final KubernetesFleet fleet;
    private final String deployment;
    private final int seats;
    private final BootTime boot;
    private final InstantSource clock;
    private Set<NodeId> letGo = Set.of();

    /** @param seats that a node has as long as none tells otherwise */
    PodFigures(KubernetesFleet fleet, String deployment, int seats, BootTime boot, InstantSource clock) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.seats = seats;
        this.boot = boot;
        this.clock = clock;
    }

    /** The lives of those that the scale counts, and of those that are leaving. */
    List<NodeLife> lives() {
        return fleet.lives().stream()
                .filter(life -> life.pod().isOf(deployment))
                .toList();
    }

    /** Media pods that somebody else scales, such as fixed origins beside scaled edges. */
    Set<NodeId> elsewhere() {
        return fleet.lives().stream()
                .filter(life -> !life.pod().isOf(deployment))
                .map(life -> life.pod().node())
                .collect(Collectors.toSet());
    }

    /** One of these is counted no more by the Deployment, but is there until the ReplicaSet has deleted it. */
    void letGo(Set<NodeId> nodes) {
        letGo = Set.copyOf(nodes);
    }

    Victims victims() {
        var counted = lives().stream()
                .filter(life -> !letGo.contains(life.pod().node()))
                .toList();
        return new Victims(counted, fleet.occupancy());
    }

    /** @param pods that the Deployment is to have */
    FleetFigures of(int pods) {
        int draining = victims().draining();
        return new FleetFigures(
                Math.max(0, pods - draining),
                (int) lives().stream().filter(this::isServing).count(),
                (int) lives().stream().filter(this::isStuck).count(),
                (int) lives().stream()
                        .filter(NodeLife.Draining.class::isInstance)
                        .count(),
                seatsPerNode(),
                boot.typical());
    }

    /** Those that are starting and counted on. */
    List<Arrival> arrivals() {
        return lives().stream()
                .filter(life -> life instanceof NodeLife.Starting && !isStuck(life))
                .map(life -> new Arrival(life.pod().created().plus(boot.typical()), seatsPerNode()))
                .toList();
    }

    private boolean isServing(NodeLife life) {
        var node = fleet.keeper().fleet().nodes().get(life.pod().node());
        return life instanceof NodeLife.Serving && node != null && node.answering();
    }

    private boolean isStuck(NodeLife life) {
        var patience = boot.typical().multipliedBy(PATIENCE);
        var limit = patience.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : patience;
        return life instanceof NodeLife.Starting
                && life.pod().created().plus(limit).isBefore(clock.instant());
    }

    private int seatsPerNode() {
        var known = fleet.keeper().fleet().nodes();
        return (int) Math.max(
                1,
                lives().stream()
                        .map(life -> known.get(life.pod().node()))
                        .filter(node -> node != null && node.answering())
                        .mapToInt(node -> node.seats())
                        .average()
                        .orElse(seats));
    }
}
