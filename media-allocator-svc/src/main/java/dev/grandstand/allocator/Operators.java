package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.allocator.fleet.Placement;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.NodeMark;
import dev.grandstand.servicekit.AdminDoor;
import dev.grandstand.servicekit.BearerToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * {@code /admin} of the allocator: nodes, rooms, links and seats, orders to move them, and announced shows, as {@code docs/admin-api.yaml}
 * describes it. An order is answered when it is taken; what becomes of it is seen by asking. On the allocator's context.
 * Every call leaves one line in the log; one that only looks, with the token, at debug level.
 */
final class Operators {

    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);
    private static final int LARGEST_BODY = 4 << 10;
    private static final Duration SITE_LIMIT = Duration.ofSeconds(5);
    private static final Duration SITE_POLL = Duration.ofMillis(20);

    private final Vertx vertx;
    private final Allocator allocator;
    private final FleetPage page;
    private final ShowsApi shows;
    private final Optional<ScalingApi> scaling;
    private final Function<NodeMark, Future<Void>> remember;
    private final InstantSource clock;

    /** @param remember completes when the mark is durable */
    Operators(
            Vertx vertx,
            Allocator allocator,
            FleetPage page,
            ShowsApi shows,
            Optional<ScalingApi> scaling,
            Function<NodeMark, Future<Void>> remember,
            InstantSource clock) {
        this.vertx = vertx;
        this.allocator = allocator;
        this.page = page;
        this.shows = shows;
        this.scaling = scaling;
        this.remember = remember;
        this.clock = clock;
    }

    /** Why an order is not carried out: problem details (RFC 9457). */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String why) {
            super(why);
            this.status = status;
        }
    }

    /** @param token what whoever asks has to show */
    Future<HttpServer> open(AdminDoor door, String token) {
        var router = Router.router(vertx);
        var secret = new BearerToken(token);
        // Any page may ask, as /ops does: who has the token decides, and no browser sends that on its own.
        router.route()
                .handler(CorsHandler.create()
                        .addOriginWithRegex(".*")
                        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                        .allowedHeaders(Set.of("authorization", "content-type")));
        router.route().handler(request -> admit(request, secret)).failureHandler(Operators::failed);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.get("/admin/nodes").handler(request -> answer(request, 200, asked -> shown(page.nodes())));
        router.post("/admin/nodes/:node/drain").handler(request -> answer(request, 202, asked -> drain(asked, true)));
        router.delete("/admin/nodes/:node/drain")
                .handler(request -> answer(request, 202, asked -> drain(asked, false)));
        router.get("/admin/queue")
                .handler(request -> answer(request, 200, asked -> shown(page.queue(clock.instant()))));
        router.get("/admin/placements").handler(request -> answer(request, 200, asked -> shown(page.placements())));
        router.get("/admin/placements/:room")
                .handler(request -> answer(request, 200, asked -> shown(page.placement(room(asked), placed(asked)))));
        router.put("/admin/placements/:room/origin").handler(request -> answer(request, 202, this::moveOrigin));
        router.put("/admin/placements/:room/seats/:participant")
                .handler(request -> answer(request, 202, this::moveSeat));
        shows.mount(router);
        scaling.ifPresent(desk -> desk.mount(router));
        return vertx.createHttpServer().requestHandler(router).listen(door.port(), door.host());
    }

    private static void admit(RoutingContext request, BearerToken token) {
        request.addEndHandler(ended -> LOG.atLevel(isMereLook(request) ? Level.DEBUG : Level.INFO)
                .addKeyValue("method", request.request().method())
                .addKeyValue("path", request.request().path())
                .addKeyValue("status", request.response().getStatusCode())
                .addKeyValue("remote", request.request().remoteAddress())
                .log("operator's call"));
        if (token.isShownBy(request)) {
            request.next();
            return;
        }
        BearerToken.challenge(request, "grandstand");
        refuse(request, new Refused(401, "no token, or another"));
    }

    /** The page asks five times a second for as long as it is open. */
    private static boolean isMereLook(RoutingContext request) {
        return request.request().method().equals(HttpMethod.GET)
                && request.response().getStatusCode() != HttpURLConnection.HTTP_UNAUTHORIZED;
    }

    private Future<JsonObject> drain(RoutingContext request, boolean drains) {
        var node = node(request.pathParam("node")).id();
        return remember.apply(new NodeMark(node, drains, clock.instant()))
                .compose(kept -> allocator.handle(
                        new FleetInput.DrainOrdered(CommandId.random(), clock.instant(), node, drains)))
                .compose(ordered -> shown(page.nodes()));
    }

    private Future<JsonObject> moveOrigin(RoutingContext request) {
        var room = room(request);
        placed(request);
        var node = node(wanted(request));
        return bring(room, node)
                .compose(there -> allocator.handle(
                        new FleetInput.OriginOrdered(CommandId.random(), clock.instant(), room, node.id())))
                .compose(moved -> shown(page.placement(room, placed(request))));
    }

    private Future<JsonObject> moveSeat(RoutingContext request) {
        var room = room(request);
        placed(request);
        var participant = parsed(request.pathParam("participant"), ParticipantId::new);
        if (!fleet().hasSeat(room, participant)) {
            throw new Refused(404, "nobody of that id has a seat in the room");
        }
        var node = node(wanted(request));
        if (fleet().isMoving(room, participant) || fleet().hasSeat(room, participant, node.id())) {
            throw new Refused(409, "they are there, or on the way from one node to another");
        }
        return bring(room, node)
                .compose(there -> allocator.handle(
                        new FleetInput.MoveOrdered(CommandId.random(), clock.instant(), room, participant, node.id())))
                .compose(moved -> fleet().isMoving(room, participant)
                        ? shown(page.placement(room, placed(request)))
                        : Future.failedFuture(new Refused(409, "there is no seat for them")));
    }

    /** Completes when the room is on that node. */
    private Future<Void> bring(RoomId room, NodeRef node) {
        if (isOn(room, node.id())) {
            return Future.succeededFuture();
        }
        if (fleet().free(node.id()) == 0) {
            return Future.failedFuture(new Refused(409, "the node has no seat left, does not answer, or is drained"));
        }
        allocator.handle(new FleetInput.SiteOrdered(CommandId.random(), clock.instant(), room, node));
        var there = Promise.<Void>promise();
        var deadline = clock.instant().plus(SITE_LIMIT);
        vertx.setPeriodic(SITE_POLL.toMillis(), timer -> {
            if (isOn(room, node.id())) {
                vertx.cancelTimer(timer);
                there.complete();
            } else if (clock.instant().isAfter(deadline)) {
                vertx.cancelTimer(timer);
                there.fail(new Refused(503, "the room could not be brought to the node in time"));
            }
        });
        return there.future();
    }

    private boolean isOn(RoomId room, NodeId node) {
        return fleet().placement(room).flatMap(placed -> placed.site(node)).isPresent();
    }

    private Fleet fleet() {
        return allocator.fleet();
    }

    private NodeRef node(String name) {
        var known = fleet().nodes().get(parsed(name, NodeId::new));
        if (known == null) {
            throw new Refused(404, "there is no such node");
        }
        return known.ref();
    }

    private static String wanted(RoutingContext request) {
        try {
            var body = request.body().asJsonObject();
            var node = body == null ? null : body.getString("node");
            if (node != null) {
                return node;
            }
        } catch (DecodeException | ClassCastException e) {
            throw new Refused(400, "the body has to be {\"node\": \"…\"}");
        }
        throw new Refused(400, "node is missing");
    }

    private static RoomId room(RoutingContext request) {
        return parsed(request.pathParam("room"), RoomId::new);
    }

    private Placement placed(RoutingContext request) {
        return fleet().placement(room(request)).orElseThrow(() -> new Refused(404, "the room is on no node"));
    }

    static <S, T> T parsed(S value, Function<S, T> parser) {
        try {
            return parser.apply(value);
        } catch (BadValue e) {
            throw new Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private static Future<JsonObject> shown(JsonObject what) {
        return Future.succeededFuture(what);
    }

    static void answer(RoutingContext request, int status, Function<RoutingContext, Future<JsonObject>> call) {
        Future.succeededFuture(request)
                .compose(call)
                .onSuccess(result -> request.response()
                        .setStatusCode(status)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(result.toBuffer()))
                .onFailure(e -> refuse(request, e));
    }

    private static void failed(RoutingContext request) {
        refuse(
                request,
                request.failure() != null
                        ? request.failure()
                        : new Refused(request.statusCode(), "the request cannot be read"));
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        if (request.response().ended()) {
            return;
        }
        var status = failure instanceof Refused refused ? refused.status : 500;
        if (status == 500) {
            LOG.atError()
                    .addKeyValue("path", request.request().path())
                    .setCause(failure)
                    .log("operator's call failed");
        }
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("status", status)
                        .put("detail", status == 500 ? "the log says why" : failure.getMessage())
                        .toBuffer());
    }
}
