package dev.grandstand.allocator.kubernetes;

import dev.grandstand.protocol.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which pods go when there are to be fewer. A ReplicaSet has its own order, and it is the ReplicaSet that deletes: pods that are
 * not ready before all others, whatever their deletion cost; then those with the least cost; then the youngest.
 */
final class Victims {

    private final List<NodeLife> pods;
    private final Occupancy occupancy;

    /** @param lives of the pods that the Deployment's scale counts */
    Victims(Collection<NodeLife> lives, Occupancy occupancy) {
        this.pods = lives.stream().filter(life -> !life.pod().terminating()).toList();
        this.occupancy = occupancy;
    }

    /** Pods that the ReplicaSet deletes first and that carry nobody; empty if all are ready. */
    Set<NodeId> unready() {
        return unreadyPods()
                .map(life -> life.pod().node())
                .filter(occupancy::isEmpty)
                .collect(Collectors.toSet());
    }

    /** Whether a pod that is not ready has people: it would be the first to be deleted. */
    boolean wouldHitSomebody() {
        return unreadyPods().anyMatch(life -> !occupancy.isEmpty(life.pod().node()));
    }

    private Stream<NodeLife> unreadyPods() {
        return pods.stream().filter(life -> !life.pod().ready());
    }

    /** Who is to be emptied next: whoever has the fewest people, and of several the youngest, as the ReplicaSet would choose. */
    Optional<NodeId> next() {
        return pods.stream()
                .filter(NodeLife.Serving.class::isInstance)
                .map(NodeLife::pod)
                .min(Comparator.comparingInt((PodSeen pod) -> occupancy.people(pod.node()))
                        .thenComparingInt(pod -> occupancy.rooms(pod.node()))
                        .thenComparing(PodSeen::created, Comparator.reverseOrder())
                        .thenComparing(pod -> pod.node().value()))
                .map(PodSeen::node);
    }

    /** Of those that were chosen or have had their time, those that are empty by now, in the order in which they are deleted. */
    List<NodeId> emptied() {
        return pods.stream()
                .filter(Victims::goesOnceItIsEmpty)
                .map(NodeLife::pod)
                .filter(pod -> occupancy.isEmpty(pod.node()))
                .sorted(Comparator.comparing(PodSeen::ready).thenComparing(PodSeen::created, Comparator.reverseOrder()))
                .map(PodSeen::node)
                .toList();
    }

    /** Whether a node is emptied so that it goes. */
    static boolean goesOnceItIsEmpty(NodeLife life) {
        return life instanceof NodeLife.Draining draining
                && (draining.why() == NodeLife.Why.CHOSEN || draining.why() == NodeLife.Why.WORN);
    }

    /** Those that were chosen and are there still, the one with most people first: the first to be used again. */
    List<NodeId> chosen() {
        return pods.stream()
                .filter(life -> life instanceof NodeLife.Draining draining && draining.why() == NodeLife.Why.CHOSEN)
                .map(life -> life.pod().node())
                .sorted(Comparator.comparingInt(occupancy::people).reversed().thenComparing(NodeId::value))
                .toList();
    }

    /** Those that get nothing new, for whatever reason. */
    int draining() {
        return (int) pods.stream().filter(NodeLife.Draining.class::isInstance).count();
    }
}
