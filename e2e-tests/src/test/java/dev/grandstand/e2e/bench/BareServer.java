package dev.grandstand.e2e.bench;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What Vert.x alone takes: a process whose WebSockets get whatever one of them says, each message as a frame of its own, and
 * nothing else. By the same transport as the services.
 */
final class BareServer extends VerticleBase {

    private static final List<BareServer> LOOPS = new CopyOnWriteArrayList<>();

    private final int port;
    private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();

    private BareServer(int port) {
        this.port = port;
    }

    /** The port, and how many event loops share it. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
                .deployVerticle(
                        () -> new BareServer(port), new DeploymentOptions().setInstances(Integer.parseInt(args[1])))
                .onFailure(e -> {
                    e.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        LOOPS.add(this);
        return vertx.createHttpServer(new HttpServerOptions().setPort(port))
                .requestHandler(request -> request.response().end("ready"))
                .webSocketHandler(this::connected)
                .listen();
    }

    private void connected(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(closed -> sockets.remove(socket));
        socket.textMessageHandler(text -> LOOPS.forEach(loop -> loop.context().runOnContext(now -> loop.tell(text))));
    }

    private Context context() {
        return context;
    }

    private void tell(String text) {
        sockets.forEach(socket -> {
            if (!socket.writeQueueFull()) {
                socket.writeTextMessage(text);
            }
        });
    }
}
