package dev.grandstand.allocator.kubernetes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Shows the pods, and counts what was done to them. */
final class KubernetesMetrics {

    private final MeterRegistry meters;
    private final Map<Class<? extends NodeLife>, AtomicInteger> pods = new ConcurrentHashMap<>();
    private volatile BooleanSupplier watching = () -> false;

    KubernetesMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("grandstand.kubernetes.watching", this, all -> all.watching.getAsBoolean() ? 1 : 0)
                .description("whether changes of media pods are heard of")
                .register(meters);
        Stream.of(NodeLife.Starting.class, NodeLife.Serving.class, NodeLife.Draining.class)
                .forEach(state -> Gauge.builder("grandstand.kubernetes.pods", count(state), AtomicInteger::get)
                        .description("media pods")
                        .tag("state", state.getSimpleName().toLowerCase(Locale.ROOT))
                        .register(meters));
    }

    void watch(BooleanSupplier now) {
        watching = now;
    }

    void nodes(Collection<NodeLife> lives) {
        pods.forEach((state, count) ->
                count.set((int) lives.stream().filter(state::isInstance).count()));
    }

    /** @param call what the API server was asked for */
    void failed(String call) {
        Counter.builder("grandstand.kubernetes.failures")
                .description("calls that the API server did not answer, or refused")
                .tag("call", call)
                .register(meters)
                .increment();
    }

    private AtomicInteger count(Class<? extends NodeLife> state) {
        return pods.computeIfAbsent(state, fresh -> new AtomicInteger());
    }
}
