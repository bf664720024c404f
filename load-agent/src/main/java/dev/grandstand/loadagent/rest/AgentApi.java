package dev.grandstand.loadagent.rest;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.servicekit.BearerToken;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.OwnProcess;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent that is told over HTTP what to do, as {@code docs/agent-api.yaml} describes it. */
public final class AgentApi implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(AgentApi.class);
    private static final int LARGEST_BODY = 16 << 10;

    private final Vertx vertx;
    private final AgentConfig config;
    private final Jobs pulls = new Jobs();
    private final Jobs pushes = new Jobs();
    private final Health health = new Health();
    private @Nullable LoadAgent agent;
    private @Nullable HttpServer server;

    public AgentApi(Vertx vertx, AgentConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public Future<Void> start() {
        return vertx.executeBlocking(() -> LoadAgent.on(vertx)).compose(opened -> {
            agent = opened;
            return vertx.createHttpServer()
                    .requestHandler(router(opened))
                    .listen(config.port(), config.host())
                    .onSuccess(listening -> {
                        server = listening;
                        health.started();
                        LOG.atInfo()
                                .addKeyValue("host", config.host())
                                .addKeyValue("port", listening.actualPort())
                                .log("agent listens");
                    })
                    .mapEmpty();
        });
    }

    /** @throws IllegalStateException if it does not listen */
    public int port() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.actualPort();
    }

    private Router router(LoadAgent opened) {
        var router = Router.router(vertx);
        router.route().failureHandler(AgentApi::failed);
        // Any page may ask: who has the token decides, and browsers send it on their own for nobody.
        router.route()
                .handler(CorsHandler.create()
                        .addOriginWithRegex(".*")
                        .allowedMethod(HttpMethod.GET)
                        .allowedMethod(HttpMethod.POST)
                        .allowedHeader("authorization")
                        .allowedHeader("content-type"));
        health.mount(router);
        router.route().handler(this::admit);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.get("/agent").handler(request -> answer(request, this::describe));
        router.post("/pull/startup").handler(request -> startup(request, pulls, fields -> Pull.start(opened, fields)));
        router.get("/pull/find_all").handler(request -> answer(request, pulls::describe));
        router.post("/pull/terminate").handler(request -> terminate(request, pulls));
        router.post("/push/startup")
                .handler(request -> startup(request, pushes, fields -> Push.start(opened, config.clips(), fields)));
        router.get("/push/find_all").handler(request -> answer(request, pushes::describe));
        router.post("/push/terminate").handler(request -> terminate(request, pushes));
        return router;
    }

    private void admit(RoutingContext request) {
        if (new BearerToken(config.token()).isShownBy(request)) {
            request.next();
            return;
        }
        BearerToken.challenge(request, "load-agent");
        refuse(request, 401, "the token is missing or wrong");
    }

    private JsonObject describe() {
        return new JsonObject()
                .put("cpuSeconds", OwnProcess.cpuNanos() / 1e9)
                .put("memoryMib", OwnProcess.residentMebibytes())
                .put("cores", Runtime.getRuntime().availableProcessors());
    }

    private void startup(RoutingContext request, Jobs jobs, Function<Fields, Job> start) {
        var fields = Fields.of(request);
        vertx.executeBlocking(() -> jobs.add(start.apply(fields)), false)
                .onSuccess(id -> request.json(new JsonObject().put("id", id)))
                .onFailure(request::fail);
    }

    private void terminate(RoutingContext request, Jobs jobs) {
        var fields = Fields.of(request);
        boolean all = fields.flag("all");
        int id = fields.integer("id", 0, 1, Integer.MAX_VALUE);
        fields.done();
        if (all == id > 0) {
            throw new BadRequest("say either id or all");
        }
        jobs.terminate(all ? Optional.empty() : Optional.of(id))
                .onSuccess(ended -> {
                    if (ended.isEmpty() && !all) {
                        refuse(request, 404, "nothing runs under the id " + id);
                    } else {
                        request.json(new JsonObject().put("terminated", new JsonArray(ended)));
                    }
                })
                .onFailure(request::fail);
    }

    private void answer(RoutingContext request, Callable<?> what) {
        vertx.executeBlocking(what::call, false).onSuccess(request::json).onFailure(request::fail);
    }

    private static void failed(RoutingContext request) {
        if (request.failure() instanceof BadRequest bad) {
            refuse(request, 400, bad.getMessage());
        } else if (request.failure() == null || request.statusCode() >= 400 && request.statusCode() < 500) {
            refuse(request, Math.max(400, request.statusCode()), "this cannot be asked");
        } else {
            LOG.atError().setCause(request.failure()).log("request failed");
            refuse(request, 500, "the agent failed; its log says how");
        }
    }

    private static void refuse(RoutingContext request, int status, @Nullable String message) {
        request.response().setStatusCode(status);
        request.json(new JsonObject().put("message", message));
    }

    @Override
    public Future<Void> stop() {
        var listening = server;
        return (listening == null ? Future.<Void>succeededFuture() : listening.close())
                .compose(none -> Future.join(pulls.terminate(Optional.empty()), pushes.terminate(Optional.empty())))
                .compose(none -> vertx.executeBlocking(() -> {
                    if (agent != null) {
                        agent.close();
                    }
                    return null;
                }));
    }
}
