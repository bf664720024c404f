package dev.grandstand.allocator.kubernetes;

import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Shows the pods, and counts what was decided and done. */
final class KubernetesMetrics {

    /** What the API server was asked for in vain. */
    enum Failure {
        /** A pod's labels and annotations. */
        MARK,
        /** The Deployment's scale. */
        SCALE,
        /** The Deployment's scale, which somebody else had changed. */
        STALE
    }

    /** Which pod went when the Deployment was scaled down. */
    enum Removed {
        /** The one that was to go. */
        CHOSEN,
        /** Another one, with nobody on it. */
        OTHER,
        /** Another one, with people. */
        LIVE
    }

    private final MeterRegistry meters;
    private volatile Collection<NodeLife> pods = List.of();
    private volatile int wanted;
    private volatile BooleanSupplier watching = () -> false;

    KubernetesMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("grandstand.kubernetes.watching", this, all -> all.watching.getAsBoolean() ? 1 : 0)
                .description("whether changes of media pods are heard of")
                .register(meters);
        Gauge.builder("grandstand.kubernetes.nodes.wanted", this, all -> all.wanted)
                .description("media nodes that were decided on")
                .register(meters);
        for (var state : List.of(NodeLife.Starting.class, NodeLife.Serving.class, NodeLife.Draining.class)) {
            Gauge.builder("grandstand.kubernetes.pods", this, all -> all.pods.stream()
                            .filter(state::isInstance)
                            .count())
                    .description("media pods")
                    .tag("state", state.getSimpleName().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        // All of them from the beginning, so that a first increase is one.
        List.of(Direction.values()).forEach(this::decisions);
        List.of(Removed.values()).forEach(this::removals);
        List.of(Failure.values()).forEach(this::failures);
    }

    void watch(BooleanSupplier now) {
        watching = now;
    }

    void nodes(Collection<NodeLife> lives) {
        pods = List.copyOf(lives);
    }

    void wanted(int nodes) {
        wanted = nodes;
    }

    void decided(Direction direction) {
        decisions(direction).increment();
    }

    void removed(Removed which) {
        removals(which).increment();
    }

    void failed(Failure what) {
        failures(what).increment();
    }

    private Counter decisions(Direction direction) {
        return counter("decisions", "scaling decisions that were told", "direction", direction);
    }

    private Counter removals(Removed which) {
        return counter("pods.removed", "pods that went when the Deployment was scaled down", "which", which);
    }

    private Counter failures(Failure call) {
        return counter("failures", "calls that the API server refused or did not answer", "call", call);
    }

    private Counter counter(String name, String description, String tag, Enum<?> value) {
        return Counter.builder("grandstand.kubernetes." + name)
                .description(description)
                .tag(tag, value.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
