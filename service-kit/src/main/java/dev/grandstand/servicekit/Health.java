package dev.grandstand.servicekit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.micrometer.PrometheusScrapingHandler;
import io.vertx.micrometer.backends.BackendRegistries;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What probes and Prometheus ask a service: {@code /health/started} (its start is over), {@code /health/live} (it need
 * not be restarted), {@code /health/ready} (it can do its work now) and {@code /metrics}. A probe answers 200 or 503,
 * and a JSON object with each check's outcome.
 */
public final class Health {

    private static final Duration[] BUCKETS = IntStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<String, BooleanSupplier> ready = new ConcurrentHashMap<>();
    private volatile boolean started;

    /** The service is ready only while {@code check} holds; the check is called on an event loop and must not block. */
    public Health readyWhile(String name, BooleanSupplier check) {
        ready.put(name, check);
        return this;
    }

    /** The service's start is over. */
    public void started() {
        started = true;
    }

    /** Whether the start is over and every check holds. */
    public boolean isReady() {
        return started && ready.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/health/started").handler(request -> answer(request, started));
        router.get("/health/live").handler(request -> answer(request, true));
        router.get("/health/ready").handler(request -> answer(request, isReady()));
        if (BackendRegistries.getDefaultNow() != null) {
            router.get("/metrics").handler(PrometheusScrapingHandler.create());
        }
    }

    /** Where a service's own meters go; they are kept nowhere if the Vert.x of this process has no metrics. */
    public static MeterRegistry meters() {
        return Optional.ofNullable(BackendRegistries.getDefaultNow()).orElseGet(CompositeMeterRegistry::new);
    }

    /** A service's own timer, with the buckets by which delays that people notice can be told apart: 5 ms to 10 s. */
    public static Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(meters());
    }

    private void answer(RoutingContext request, boolean well) {
        var checks = new JsonObject();
        ready.forEach((name, check) -> checks.put(name, check.getAsBoolean()));
        request.response().setStatusCode(well ? 200 : 503);
        request.json(new JsonObject().put("ok", well).put("checks", checks));
    }
}
