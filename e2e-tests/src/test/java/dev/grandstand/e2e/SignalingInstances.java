package dev.grandstand.e2e;

import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.servicekit.Env;
import dev.grandstand.signaling.SignalingConfig;
import dev.grandstand.signaling.SignalingService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Signaling instances beside the running system's own, of the same rooms. They share a secret, which it has not. */
public final class SignalingInstances implements AutoCloseable {

    /** What their resume tokens are sealed with. */
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final String kafka;
    private final List<Vertx> vertxes = new ArrayList<>();
    private final List<SignalingService> started = new ArrayList<>();

    /** None yet. */
    public SignalingInstances(Venue venue) {
        this.kafka = venue.system().kafka();
    }

    /**
     * One more, that lets its clients go at once when it stops.
     *
     * @param variables on top of what every instance has, or instead of it
     */
    public SignalingService start(String name, Map<String, String> variables) {
        var all = new HashMap<>(Map.of(
                "GRANDSTAND_KAFKA",
                kafka,
                "GRANDSTAND_SIGNALING_PORT",
                "0",
                "GRANDSTAND_EVENT_LOOPS",
                "1",
                "GRANDSTAND_INSTANCE",
                name,
                "GRANDSTAND_SECRET",
                SECRET,
                "GRANDSTAND_DRAIN",
                "0s"));
        all.putAll(variables);
        // One each: within one, servers on a free port share it.
        var vertx = Vertx.vertx();
        vertxes.add(vertx);
        var service = new SignalingService(vertx, SignalingConfig.from(new Env(all)), new KurentoMediaServers(vertx));
        started.add(service);
        get(service.start());
        return service;
    }

    /** Where clients connect. */
    public static URI address(SignalingService at) {
        return URI.create("ws://localhost:" + at.port() + "/ws");
    }

    /** A client of it. */
    public static RawSocket socket(SignalingService at) {
        return new RawSocket(address(at));
    }

    /** Completes when it has stopped. */
    CompletableFuture<Void> stop(SignalingService service) {
        return service.stop().toCompletionStage().toCompletableFuture();
    }

    @Override
    public void close() {
        get(Future.join(started.stream().map(SignalingService::stop).toList()));
        get(Future.join(vertxes.stream().map(Vertx::close).toList()));
    }

    private static void get(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
