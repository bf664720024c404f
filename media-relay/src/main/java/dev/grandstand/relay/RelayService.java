package dev.grandstand.relay;

import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** A relay as a process of its own runs it. */
final class RelayService implements Service {

    private final Vertx vertx;
    private final RelayConfig config;
    private volatile @Nullable Future<MediaRelay> starting;

    RelayService(Vertx vertx, RelayConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<Void> start() {
        var started = MediaRelay.start(vertx, config);
        starting = started;
        return started.mapEmpty();
    }

    /** A relay that is still starting is stopped once it has started. */
    @Override
    public Future<Void> stop() {
        var started = starting;
        return started == null
                ? Future.succeededFuture()
                : started.transform(relay -> relay.succeeded() ? relay.result().close() : Future.succeededFuture());
    }
}
