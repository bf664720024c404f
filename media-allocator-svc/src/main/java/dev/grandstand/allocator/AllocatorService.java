package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.kubernetes.KubernetesCluster;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.SolePublisher;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
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
    private final AllocatorMetrics metrics = new AllocatorMetrics(Health.meters());
    /** Held here, since the meters hold it weakly. */
    private final Supplier<Fleet> fleet = this::fleet;

    private final @Nullable KubernetesCluster cluster;
    private @Nullable EventLog log;
    private @Nullable Leadership leadership;
    private @Nullable HttpServer server;
    /** That of this life; it is the deciding one too, once it leads. */
    private @Nullable AllocatorVerticle standingBy;

    private volatile @Nullable AllocatorVerticle verticle;

    /** Does nothing until it is started. */
    public AllocatorService(Vertx vertx, AllocatorConfig config) {
        this(vertx, config, new KurentoMediaServers(vertx, config.silence()));
    }

    AllocatorService(Vertx vertx, AllocatorConfig config, MediaServers servers) {
        this.vertx = vertx;
        this.config = config;
        this.servers = servers;
        this.cluster =
                config.kubernetes() == null ? null : new KubernetesCluster(vertx, config.kubernetes(), Health.meters());
    }

    /** Completes when it decides, or stands by for another that does. */
    @Override
    public Future<Void> start() {
        metrics.show(fleet);
        return EventLog.open(vertx, config.kafka(), EventLog.PATIENT_PUBLISH_TIMEOUT)
                .onSuccess(opened -> log = opened)
                .compose(this::lead)
                .compose(leading -> listen())
                .onSuccess(listening -> {
                    server = listening;
                    health.started();
                })
                .<Void>mapEmpty()
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Media goes on: what is placed stays where it is, and the next life finds it in the log. */
    @Override
    public Future<Void> stop() {
        return (leadership == null ? Future.<Void>succeededFuture() : vertx.undeploy(leadership.deploymentID()))
                .eventually(() -> server == null ? Future.succeededFuture() : server.close())
                .eventually(() -> log == null ? Future.succeededFuture() : log.close())
                .eventually(servers::close)
                .eventually(() -> cluster == null ? Future.succeededFuture() : cluster.close());
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    /** The operators' port; only with a token, and only where it leads. */
    public int adminPort() {
        return Objects.requireNonNull(verticle, "does not lead").adminPort();
    }

    boolean isLeading() {
        return verticle != null;
    }

    private Future<Void> lead(EventLog opened) {
        var led = new Leadership(
                opened, election(opened), config.instance(), InstantSource.system(), new Leadership.Reign() {
                    @Override
                    public Future<Void> prepare() {
                        return standBy(opened);
                    }

                    @Override
                    public Future<Void> begin(SolePublisher publisher) {
                        return AllocatorService.this.begin(
                                Objects.requireNonNull(standingBy, "not prepared"), publisher);
                    }

                    @Override
                    public Future<Void> end() {
                        return undeploy();
                    }
                });
        return vertx.deployVerticle(led).onSuccess(deployed -> leadership = led).mapEmpty();
    }

    private Election election(EventLog opened) {
        return cluster == null
                ? new BeatElection(opened, config.instance())
                : cluster.election(config.instance(), config.port());
    }

    private FleetSource fleetSource() {
        var kubernetes = config.kubernetes();
        if (cluster == null || kubernetes == null) {
            return new ConfiguredFleet(config.nodes());
        }
        return cluster.fleet(config.seats().assumed(), new ScalingPolicy(kubernetes.rules()), InstantSource.system());
    }

    private Future<Void> standBy(EventLog opened) {
        var next = new AllocatorVerticle(config, opened, servers, fleetSource(), InstantSource.system(), metrics);
        return vertx.deployVerticle(next)
                .onSuccess(deployed -> standingBy = next)
                .mapEmpty();
    }

    private Future<Void> begin(AllocatorVerticle deciding, SolePublisher publisher) {
        return deciding.lead(publisher).onSuccess(leads -> verticle = deciding);
    }

    private Future<Void> undeploy() {
        var ending = standingBy;
        verticle = null;
        standingBy = null;
        // Where leading ends for good, Vert.x undeploys what the leader deployed before it stops the leader.
        return ending == null || !vertx.deploymentIDs().contains(ending.deploymentID())
                ? Future.succeededFuture()
                : vertx.undeploy(ending.deploymentID());
    }

    private Fleet fleet() {
        var deciding = verticle;
        return deciding == null ? Fleet.EMPTY : deciding.fleet();
    }

    private Future<HttpServer> listen() {
        var router = Router.router(vertx);
        health.mount(router);
        router.get("/fleet").handler(this::showFleet);
        router.get("/drain/:node").handler(this::depart);
        return vertx.createHttpServer().requestHandler(router).listen(config.port());
    }

    private void showFleet(RoutingContext request) {
        var deciding = verticle;
        if (deciding == null) {
            request.response().setStatusCode(HttpURLConnection.HTTP_UNAVAILABLE);
            request.json(new JsonObject().put("standby", true));
            return;
        }
        deciding.page().onSuccess(request::json).onFailure(request::fail);
    }

    /** A pod's preStop asks again and again until it is told 200, whatever else it is told. */
    private void depart(RoutingContext request) {
        var deciding = verticle;
        if (deciding == null) {
            answer(request, HttpURLConnection.HTTP_UNAVAILABLE, new JsonObject().put("standby", true));
            return;
        }
        NodeId node;
        try {
            node = new NodeId(request.pathParam("node"));
        } catch (BadValue e) {
            answer(request, HttpURLConnection.HTTP_BAD_REQUEST, new JsonObject().put("detail", e.getMessage()));
            return;
        }
        deciding.depart(node, request.request().remoteAddress().hostAddress())
                .onSuccess(departure -> {
                    var shown = new JsonObject().put("node", node.value());
                    switch (departure) {
                        case Departure.Empty empty ->
                            answer(
                                    request,
                                    HttpURLConnection.HTTP_OK,
                                    shown.put("people", 0).put("rooms", 0));
                        case Departure.Occupied(var people, var rooms) ->
                            answer(
                                    request,
                                    HttpURLConnection.HTTP_ACCEPTED,
                                    shown.put("people", people).put("rooms", rooms));
                        case Departure.Refused(var why) ->
                            answer(request, HttpURLConnection.HTTP_FORBIDDEN, shown.put("detail", why));
                        case Departure.Unknown(var why) ->
                            answer(request, HttpURLConnection.HTTP_UNAVAILABLE, shown.put("detail", why));
                    }
                })
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response().setStatusCode(status);
            request.json(body);
        }
    }
}
