package dev.grandstand.relay;

import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** A relay as a process of its own runs it. */
final class RelayService implements Service {

    private final Vertx vertx;
    private final RelayConfig config;
    private volatile @Nullable MediaRelay relay;

    RelayService(Vertx vertx, RelayConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<Void> start() {
        return MediaRelay.start(vertx, config)
                .onSuccess(started -> relay = started)
                .mapEmpty();
    }

    @Override
    public Future<Void> stop() {
        var running = relay;
        return running == null ? Future.succeededFuture() : running.close();
    }
}
