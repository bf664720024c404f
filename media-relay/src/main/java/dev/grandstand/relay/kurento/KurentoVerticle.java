package dev.grandstand.relay.kurento;

import dev.grandstand.relay.media.MediaEngine;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves Kurento's protocol at {@code ws://host:port/kurento}. One instance a node: all state is confined to its context.
 * It does not own the engine; whoever created it closes it after this verticle is undeployed.
 */
public final class KurentoVerticle extends VerticleBase {

    /** The path that every Kurento client uses. */
    public static final String PATH = "/kurento";

    private static final Logger log = LoggerFactory.getLogger(KurentoVerticle.class);

    private static final int WORKERS = 4;
    private static final short PROTOCOL_ERROR = 1002;
    private static final int UPGRADE_REQUIRED = 426;

    private final KurentoConfig config;
    private final MediaEngine media;
    private final InstantSource clock;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable WorkerExecutor workers;
    private @Nullable HttpServer server;
    private @Nullable Sessions sessions;
    private @Nullable Dispatcher dispatcher;

    /** @param clock tells when sessions expire and what time events carry */
    public KurentoVerticle(KurentoConfig config, MediaEngine media, InstantSource clock) {
        this.config = config;
        this.media = media;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        workers = vertx.createSharedWorkerExecutor("relay-engine-" + deploymentID(), WORKERS);
        var engine = new EngineCalls(workers);
        var objects = new ObjectRegistry(
                new ManagerObject(vertx, clock), config.limits().objects());
        var factory = new ObjectFactory(objects, media, engine, config.announced(), context, clock);
        var newSessions = new Sessions(objects, config, clock);
        var requests = new ObjectRequests(objects, factory, newSessions);
        var transactions = new Transactions(requests, config.limits().transactionSteps());
        sessions = newSessions;
        dispatcher = new Dispatcher(newSessions, requests, transactions, clock);
        vertx.setPeriodic(config.collectionPeriod().toMillis(), timer -> collect());
        return listen();
    }

    /** The TCP port in use. */
    public int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    /** How many clients are connected. From any thread. */
    public int connections() {
        return connections.size();
    }

    /** Runs the collection of lost sessions now instead of at the end of the period. From any thread. */
    Future<Void> collectNow() {
        return Future.future(done -> context.runOnContext(now -> collect().onComplete(done)));
    }

    private Future<Void> collect() {
        return Objects.requireNonNull(sessions, "not started")
                .collect()
                .onFailure(failure -> log.atError().setCause(failure).log("collection failed"));
    }

    private Future<HttpServer> listen() {
        var limit = config.limits().messageBytes();
        var options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(limit)
                .setMaxWebSocketMessageSize(limit)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .webSocketHandler(this::accept)
                .requestHandler(request ->
                        request.response().setStatusCode(UPGRADE_REQUIRED).end())
                .listen()
                .onSuccess(listening -> server = listening);
    }

    private void accept(ServerWebSocket socket) {
        if (!socket.path().equals(PATH)) {
            socket.close(PROTOCOL_ERROR);
            return;
        }
        var connection = new Connection(
                socket,
                Objects.requireNonNull(dispatcher),
                Objects.requireNonNull(sessions),
                config.limits().outboundBytes());
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
    }

    /** Stops listening, says goodbye to the clients, then ends the workers. */
    @Override
    public Future<?> stop() {
        var goodbyes = List.copyOf(connections).stream().map(Connection::close).toList();
        return Future.join(goodbyes)
                .timeout(1, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .compose(done -> server == null ? Future.succeededFuture() : server.close())
                .eventually(() -> workers == null ? Future.succeededFuture() : workers.close());
    }
}
