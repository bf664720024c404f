package dev.grandstand.room;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.servicekit.Health;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows the summaries of all rooms and answers {@code GET /rooms} and {@code GET /rooms/<id>}. */
final class DirectoryVerticle extends VerticleBase {

    private final int configuredPort;
    private final EventLog log;
    private final Health health;
    private final RoomDirectory directory;
    private @Nullable HttpServer server;

    DirectoryVerticle(int configuredPort, EventLog log, Health health, RoomDirectory directory) {
        this.configuredPort = configuredPort;
        this.log = log;
        this.health = health;
        this.directory = directory;
    }

    /** What a request that cannot be answered gets. */
    record Refusal(ErrorCode code, String message) {}

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        health.mount(router);
        router.get("/rooms").handler(request -> json(request, 200, directory.listing()));
        router.get("/rooms/:id").handler(this::room);
        return log.followEntries(Topics.ROOMS, From.BEGINNING, directory::changed)
                .compose(caughtUp ->
                        vertx.createHttpServer().requestHandler(router).listen(configuredPort))
                .onSuccess(listening -> server = listening);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    private void room(RoutingContext request) {
        var id = request.pathParam("id");
        directory
                .find(id)
                .ifPresentOrElse(
                        summary -> json(request, 200, Buffer.buffer(Json.encode(summary))),
                        () -> json(
                                request,
                                404,
                                Buffer.buffer(Json.encode(
                                        new Refusal(ErrorCode.NOT_FOUND, "there is no open room of this name")))));
    }

    private static void json(RoutingContext request, int status, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
