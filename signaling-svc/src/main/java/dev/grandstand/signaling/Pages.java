package dev.grandstand.signaling;

import dev.grandstand.servicekit.Health;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;

/** The web client's files, and what else a browser or a probe asks for over HTTP. */
final class Pages {

    private static final int DEFAULT_HTTP_PORT = 80;

    /** The same for every verticle of a process. */
    private static final PageFiles FILES = PageFiles.of("webroot");

    private Pages() {}

    static Router router(Vertx vertx, SignalingConfig config, Health health) {
        var router = Router.router(vertx);
        health.mount(router);
        config.roomsUpstream().ifPresent(upstream -> {
            var proxy = HttpProxy.reverseProxy(new ProxyOptions(), vertx.createHttpClient())
                    .origin(upstream.getPort() < 0 ? DEFAULT_HTTP_PORT : upstream.getPort(), upstream.getHost());
            router.routeWithRegex(HttpMethod.GET, "/rooms(/.*)?").handler(request -> proxy.handle(request.request()));
        });
        router.get("/console").handler(request -> request.reroute("/console.html"));
        router.get("/ops").handler(request -> request.reroute("/ops.html"));
        router.get("/room/:room").handler(request -> request.reroute("/room.html"));
        router.get().handler(FILES);
        return router;
    }
}
