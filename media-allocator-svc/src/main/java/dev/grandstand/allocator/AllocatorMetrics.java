package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.NodeState;
import dev.grandstand.protocol.media.MediaEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows the fleet, and counts what was granted and refused. Counts on the allocator's context. */
final class AllocatorMetrics {

    private final MeterRegistry meters;
    private final Counter pollFailures;
    private final Map<Class<?>, Counter> events = new HashMap<>();

    AllocatorMetrics(MeterRegistry meters) {
        this.meters = meters;
        pollFailures = Counter.builder("grandstand.media.node.poll.failures")
                .description("looks at a media node that it did not answer")
                .register(meters);
    }

    /** The meters hold what tells of the fleet weakly. */
    void show(Supplier<Fleet> allocator) {
        gauge(allocator, "grandstand.seats", "seats of the fleet", "taken", AllocatorMetrics::taken);
        gauge(allocator, "grandstand.seats", "seats of the fleet", "free", AllocatorMetrics::free);
        gauge(allocator, "grandstand.media.nodes", "media nodes", "answering", fleet -> nodes(fleet, true));
        gauge(allocator, "grandstand.media.nodes", "media nodes", "silent", fleet -> nodes(fleet, false));
        gauge(allocator, "grandstand.placements", "rooms on media nodes", "placed", fleet -> fleet.placements()
                .size());
        gauge(allocator, "grandstand.placements", "rooms on media nodes", "pending", fleet -> fleet.pending()
                .size());
        Gauge.builder("grandstand.seat.queue", allocator, shown -> shown.get()
                        .queue()
                        .size())
                .description("people who wait for a seat")
                .register(meters);
    }

    void published(MediaEvent event) {
        events.computeIfAbsent(event.getClass(), type -> Counter.builder("grandstand.media.events")
                        .description("what the allocator decided")
                        .tag("type", type.getSimpleName())
                        .register(meters))
                .increment();
    }

    void pollFailed() {
        pollFailures.increment();
    }

    private void gauge(
            Supplier<Fleet> allocator, String name, String description, String state, ToDoubleFunction<Fleet> figure) {
        Gauge.builder(name, allocator, shown -> figure.applyAsDouble(shown.get()))
                .description(description)
                .tag("state", state)
                .register(meters);
    }

    private static double taken(Fleet fleet) {
        return fleet.taken().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double free(Fleet fleet) {
        return fleet.nodes().keySet().stream().mapToInt(fleet::free).sum();
    }

    private static double nodes(Fleet fleet, boolean answering) {
        return fleet.nodes().values().stream()
                .map(NodeState::answering)
                .filter(answers -> answers == answering)
                .count();
    }
}
