package dev.grandstand.room;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.RoomSummary;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.BearerToken;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /admin}: what operators of the installation ask and order, as {@code docs/admin-api.yaml} describes it. Each
 * instance answers for all rooms. Every call leaves one line in the log.
 */
final class AdminVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AdminVerticle.class);
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    private static final int LARGEST_BODY = 16 << 10;

    private final RoomConfig config;
    private final BearerToken token;
    private final EventLog log;
    private final RoomDirectory directory;
    private final Clock clock;
    private @Nullable OperatorCommands commands;
    private @Nullable HttpServer server;

    AdminVerticle(RoomConfig config, String token, EventLog log, RoomDirectory directory, Clock clock) {
        this.config = config;
        this.token = new BearerToken(token);
        this.log = log;
        this.directory = directory;
        this.clock = clock;
    }

    /** @param next what {@code after} has to be for the page behind this one; absent on the last */
    record RoomsPage(List<RoomSummary> rooms, @Nullable String next, int total) {}

    record RoomPage(
            RoomSummary room,
            List<Participant> people,
            @Nullable PeopleCursor cursor) {}

    record Announcement(Notice text) {}

    /** @param rooms how many were told */
    record Announced(int rooms, Instant at) {}

    @Override
    public Future<?> start() {
        commands = new OperatorCommands(context, log, config.instance(), clock);
        var router = Router.router(vertx);
        router.route().handler(this::admit).failureHandler(AdminVerticle::failed);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.get("/admin/rooms").handler(request -> answer(request, 200, this::rooms));
        router.get("/admin/rooms/:room").handler(request -> answer(request, 200, this::room));
        router.delete("/admin/rooms/:room").handler(request -> answer(request, 204, this::close));
        router.delete("/admin/rooms/:room/participants/:participant")
                .handler(request -> answer(request, 204, this::kick));
        router.post("/admin/rooms/:room/notices").handler(request -> answer(request, 200, this::announce));
        router.post("/admin/notices").handler(request -> answer(request, 202, this::announceToAll));
        for (var status : List.of(400, 404, 405, 413, 500)) {
            router.errorHandler(status, request -> refuse(request, Problem.ofStatus(status)));
        }
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(config.admin().port(), config.admin().host())
                .onSuccess(listening -> {
                    server = listening;
                    LOG.atInfo().addKeyValue("port", listening.actualPort()).log("operators' API is open");
                });
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    int port() {
        return Objects.requireNonNull(server, "not started").actualPort();
    }

    private void admit(RoutingContext request) {
        var trace = Optional.ofNullable(request.request().getHeader(Trace.HEADER))
                .flatMap(Trace::parse)
                .orElse(Trace.NONE)
                .request();
        request.put(Trace.HEADER, trace);
        request.addEndHandler(ended -> audit(request, trace));
        if (token.isShownBy(request)) {
            request.next();
            return;
        }
        BearerToken.challenge(request, "grandstand");
        refuse(request, Problem.ofStatus(401));
    }

    private static void audit(RoutingContext request, Trace trace) {
        LOG.atInfo()
                .addKeyValue("trace", trace)
                .addKeyValue("method", request.request().method())
                .addKeyValue("path", request.request().path())
                .addKeyValue("status", request.response().getStatusCode())
                .addKeyValue("remote", request.request().remoteAddress())
                .log("operator's call");
    }

    private Future<?> rooms(RoutingContext request) {
        var limit = request.queryParam("limit").stream()
                .findFirst()
                .map(AdminVerticle::limit)
                .orElse(PAGE);
        var after = request.queryParam("after").stream().findFirst().orElse("");
        var page = directory.after(after, limit + 1);
        var isLast = page.size() <= limit;
        var shown = isLast ? page : page.subList(0, limit);
        return Future.succeededFuture(
                new RoomsPage(shown, isLast ? null : shown.getLast().id().value(), directory.size()));
    }

    private static int limit(String text) {
        var limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Problem.badField("limit", "limit is a whole number from 1 to " + LARGEST_PAGE);
        }
        return limit;
    }

    private Future<?> room(RoutingContext request) {
        var room = roomOf(request);
        var query = request.queryParam("query").stream().findFirst().orElse(null);
        PeopleCursor cursor = request.queryParam("cursor").stream()
                .findFirst()
                .map(value -> parsed("cursor", value, PeopleCursor::new))
                .orElse(null);
        return ask(request, room, new RoomCommand.ListPeople(null, query, cursor), RoomEvent.PeopleListed.class)
                .compose(page -> directory
                        .find(room.value())
                        .map(summary -> Future.succeededFuture(new RoomPage(summary, page.people(), page.cursor())))
                        .orElseGet(() -> Future.failedFuture(Problem.ofStatus(404))));
    }

    private Future<?> close(RoutingContext request) {
        return ask(request, roomOf(request), new RoomCommand.CloseRoom(null), RoomEvent.RoomClosed.class);
    }

    private Future<?> kick(RoutingContext request) {
        var participant = parsed("participant", request.pathParam("participant"), ParticipantId::new);
        return ask(request, roomOf(request), new RoomCommand.Kick(null, participant), RoomEvent.ParticipantLeft.class);
    }

    private Future<?> announce(RoutingContext request) {
        var command = new RoomCommand.Announce(null, notice(request));
        return ask(request, roomOf(request), command, RoomEvent.Announced.class)
                .map(announced -> new Announced(1, clock.instant()));
    }

    /** Durable in every room that is open now; a room that closes meanwhile has nobody to tell. */
    private Future<?> announceToAll(RoutingContext request) {
        var command = new RoomCommand.Announce(null, notice(request));
        var telling = directory.after("", Integer.MAX_VALUE).stream()
                .map(room -> commands().tell(room.id(), command, traceOf(request)))
                .toList();
        return Future.all(telling).map(told -> new Announced(telling.size(), clock.instant()));
    }

    private <E extends RoomEvent> Future<E> ask(
            RoutingContext request, RoomId room, RoomCommand command, Class<E> outcome) {
        return commands().ask(room, command, outcome, traceOf(request));
    }

    private static Trace traceOf(RoutingContext request) {
        return request.get(Trace.HEADER);
    }

    private OperatorCommands commands() {
        return Objects.requireNonNull(commands, "not started");
    }

    private static RoomId roomOf(RoutingContext request) {
        return parsed("room", request.pathParam("room"), RoomId::new);
    }

    private static <T> T parsed(String field, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (BadValue e) {
            throw Problem.badField(field, String.valueOf(e.getMessage()));
        }
    }

    private static Notice notice(RoutingContext request) {
        var body = request.body().buffer();
        try {
            return Json.decode(body == null ? new byte[0] : body.getBytes(), Announcement.class)
                    .text();
        } catch (BadJson e) {
            throw Problem.of(e);
        }
    }

    private static void answer(RoutingContext request, int status, Function<RoutingContext, Future<?>> call) {
        Future.succeededFuture(request)
                .compose(call::apply)
                .onSuccess(result -> {
                    var response =
                            request.response().setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    if (status == 204) {
                        response.end();
                    } else {
                        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(Buffer.buffer(Json.encode(result)));
                    }
                })
                .onFailure(e -> refuse(request, e));
    }

    private static void failed(RoutingContext request) {
        refuse(request, request.failure() == null ? Problem.ofStatus(request.statusCode()) : request.failure());
    }

    private static void refuse(RoutingContext request, Throwable failure) {
        if (request.response().ended()) {
            return;
        }
        var problem = failure instanceof Problem known ? known : unexpected(request, failure);
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .end(problem.body().toBuffer());
    }

    /** Ours to fix; the operator learns no more than that. */
    private static Problem unexpected(RoutingContext request, Throwable failure) {
        if (failure instanceof HttpException http && http.getStatusCode() < 500) {
            return Problem.ofStatus(http.getStatusCode());
        }
        LOG.atError()
                .addKeyValue("path", request.request().path())
                .setCause(failure)
                .log("operator's call failed");
        return new Problem(500, ErrorCode.INTERNAL, "the log says why", null);
    }
}
