package dev.grandstand.allocator;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * media-allocator-svc: places rooms on media nodes, grants seats or queues, and notices nodes that died. One instance is
 * active at a time: it alone writes the media events.
 */
public final class AllocatorService implements Service {

    private final Vertx vertx;
    private final AllocatorConfig config;
    private final MediaServers servers;
    private final Health health = new Health();
    private @Nullable EventLog log;
    private @Nullable AllocatorVerticle verticle;

    /** Does nothing until it is started. */
    public AllocatorService(Vertx vertx, AllocatorConfig config) {
        this(vertx, config, new KurentoMediaServers(vertx));
    }

    AllocatorService(Vertx vertx, AllocatorConfig config, MediaServers servers) {
        this.vertx = vertx;
        this.config = config;
        this.servers = servers;
    }

    @Override
    public Future<Void> start() {
        return EventLog.open(vertx, config.kafka(), EventLog.PATIENT_PUBLISH_TIMEOUT)
                .onSuccess(opened -> log = opened)
                .compose(this::deploy)
                .onSuccess(deployed -> health.started())
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Media goes on: what is placed stays where it is, and the next life finds it in the log. */
    @Override
    public Future<Void> stop() {
        return (verticle == null || verticle.deploymentID() == null
                        ? Future.<Void>succeededFuture()
                        : vertx.undeploy(verticle.deploymentID()))
                .eventually(() -> log == null ? Future.succeededFuture() : log.close())
                .eventually(servers::close);
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return Objects.requireNonNull(verticle, "not started").port();
    }

    /** The operators' port; only with a token. */
    public int adminPort() {
        return Objects.requireNonNull(verticle, "not started").adminPort();
    }

    private Future<Void> deploy(EventLog opened) {
        var allocator = new AllocatorVerticle(
                config, opened, servers, new ConfiguredFleet(config.nodes()), InstantSource.system(), health);
        verticle = allocator;
        return vertx.deployVerticle(allocator).mapEmpty();
    }
}
