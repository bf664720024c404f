package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What matters of a media pod.
 *
 * @param node its name
 * @param uid another pod of the same name has another
 * @param address of the pod; empty until it has one
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or {@code Unknown}
 * @param ready whether its probe succeeds
 * @param terminating whether it was deleted, and ends as soon as its preStop does
 * @param drainAsked annotated with {@link #DRAIN}
 * @param duty of its label {@link #DUTY}; {@link Duty#ANY} without it
 * @param marks those of our labels and annotations that it has
 * @param created when
 * @param owner the controller that made it: the name of a ReplicaSet, for instance
 * @param template hash of the template that it was made from; empty if no Deployment made it
 */
record PodSeen(
        NodeId node,
        String uid,
        String address,
        String phase,
        boolean ready,
        boolean terminating,
        boolean drainAsked,
        Duty duty,
        Marks marks,
        Instant created,
        String owner,
        String template) {

    /** With {@code "true"}: the node is to be emptied, until the annotation goes. */
    static final String DRAIN = "grandstand.dev/drain";

    /** {@code origin} or {@code edge}. */
    static final String DUTY = "grandstand.dev/duty";

    static PodSeen of(Pod pod) {
        var meta = pod.getMetadata();
        var labels = texts(meta.getLabels());
        var annotations = texts(meta.getAnnotations());
        var status = Optional.ofNullable(pod.getStatus());
        return new PodSeen(
                new NodeId(meta.getName()),
                meta.getUid(),
                status.map(PodStatus::getPodIP).orElse(""),
                status.map(PodStatus::getPhase).orElse("Pending"),
                status.stream()
                        .flatMap(seen -> seen.getConditions().stream())
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())),
                meta.getDeletionTimestamp() != null,
                "true".equals(annotations.get(DRAIN)),
                duty(labels.getOrDefault(DUTY, "")),
                Marks.of(labels, annotations),
                Optional.ofNullable(meta.getCreationTimestamp())
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH),
                meta.getOwnerReferences().stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .map(OwnerReference::getName)
                        .findFirst()
                        .orElse(""),
                labels.getOrDefault("pod-template-hash", ""));
    }

    private static Duty duty(String label) {
        return switch (label) {
            case "origin" -> Duty.ORIGIN;
            case "edge" -> Duty.EDGE;
            default -> Duty.ANY;
        };
    }

    private static Map<String, String> texts(Map<String, String> some) {
        return some == null ? Map.of() : some;
    }

    /** Whether its containers run, or are being stopped. */
    boolean isRunning() {
        return phase.equals("Running") && !address.isEmpty();
    }

    /** Whether its containers have ended, and will not be started again. */
    boolean hasEnded() {
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    /** Whether it is one of those that a Deployment's scale counts. A Deployment's ReplicaSets are named after it. */
    boolean isOf(String deployment) {
        return !template.isEmpty() && owner.equals(deployment + "-" + template);
    }

    FleetMember member(int port) {
        var host = address.contains(":") ? "[" + address + "]" : address;
        return new FleetMember(new NodeRef(node, URI.create("ws://" + host + ":" + port + "/kurento")), duty);
    }
}
