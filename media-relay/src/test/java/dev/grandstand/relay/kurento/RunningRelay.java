package dev.grandstand.relay.kurento;

import dev.grandstand.relay.media.MediaEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A façade on a free port with a clock that the test moves. */
final class RunningRelay implements AutoCloseable {

    private final Vertx vertx;
    private final KurentoVerticle verticle;
    private final String deployment;

    RunningRelay(Vertx vertx, MediaEngine engine, MutableClock clock, Duration period, KurentoConfig.Limits limits)
            throws Exception {
        this.vertx = vertx;
        var config = new KurentoConfig("127.0.0.1", 0, period, AnnouncedAddresses.NONE, limits);
        this.verticle = new KurentoVerticle(config, engine, clock);
        this.deployment = await(vertx.deployVerticle(verticle));
    }

    int port() {
        return verticle.port();
    }

    RawClient client() throws Exception {
        return RawClient.open(vertx, port(), KurentoVerticle.PATH);
    }

    int connections() {
        return verticle.connections();
    }

    /** Lets the collector run once. */
    void collect() throws Exception {
        await(verticle.collectNow());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.undeploy(deployment));
    }
}
