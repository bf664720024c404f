package dev.grandstand.relay;

import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay as a process of its own runs it. */
final class RelayService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(RelayService.class);

    private final Vertx vertx;
    private final RelayServiceConfig config;
    private final Health health = new Health();
    private volatile @Nullable Future<MediaRelay> starting;

    RelayService(Vertx vertx, RelayServiceConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<Void> start() {
        return config.rehearses() ? rehearse().compose(done -> begin()) : begin();
    }

    private Future<Void> begin() {
        var started = MediaRelay.start(vertx, config.relay());
        starting = started;
        return started.compose(relay -> listen())
                .onSuccess(listening -> {
                    health.started();
                    LOG.atInfo().addKeyValue("port", listening.actualPort()).log("health and metrics");
                })
                .mapEmpty();
    }

    /** An archive of less than was asked for is none: what fails here fails the start. */
    private Future<Void> rehearse() {
        var rehearsed = Promise.<Void>promise();
        Thread.ofPlatform().name("relay-rehearsal").daemon(true).start(() -> {
            try {
                new Rehearsal(vertx).run();
                LOG.info("rehearsed");
                rehearsed.complete();
            } catch (Exception e) {
                // Whatever a future failed with is thrown as it is.
                rehearsed.fail(e);
            }
        });
        return rehearsed.future();
    }

    /** Closed with Vert.x, after the media: until then it says how that ends. */
    private Future<HttpServer> listen() {
        var router = Router.router(vertx);
        health.mount(router);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(config.healthPort(), config.relay().host());
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
