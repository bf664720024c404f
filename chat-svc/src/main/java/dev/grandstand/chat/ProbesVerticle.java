package dev.grandstand.chat;

import dev.grandstand.servicekit.Health;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers probes and Prometheus. */
final class ProbesVerticle extends VerticleBase {

    private final int configuredPort;
    private final Health health;
    private @Nullable HttpServer server;

    ProbesVerticle(int configuredPort, Health health) {
        this.configuredPort = configuredPort;
        this.health = health;
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        health.mount(router);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(configuredPort)
                .onSuccess(listening -> server = listening);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }
}
