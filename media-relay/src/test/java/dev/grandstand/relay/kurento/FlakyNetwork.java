package dev.grandstand.relay.kurento;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** A TCP proxy in front of a relay that breaks connections when it is told to. */
final class FlakyNetwork implements AutoCloseable {

    private final NetServer server;
    private final NetClient client;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();

    FlakyNetwork(Vertx vertx, IntSupplier target) throws Exception {
        this.client = vertx.createNetClient();
        this.server = RunningRelay.await(vertx.createNetServer()
                .connectHandler(socket -> forward(socket, target.getAsInt()))
                .listen(0, "127.0.0.1"));
    }

    private void forward(NetSocket incoming, int port) {
        incoming.pause();
        client.connect(port, "127.0.0.1")
                .onSuccess(outgoing -> {
                    sockets.add(incoming);
                    incoming.closeHandler(closed -> {
                        sockets.remove(incoming);
                        outgoing.close();
                    });
                    outgoing.closeHandler(closed -> incoming.close());
                    outgoing.handler(incoming::write);
                    incoming.handler(outgoing::write);
                    incoming.resume();
                })
                .onFailure(failure -> incoming.close());
    }

    int port() {
        return server.actualPort();
    }

    void breakAll() {
        sockets.forEach(NetSocket::close);
    }

    @Override
    public void close() throws Exception {
        RunningRelay.await(server.close());
        RunningRelay.await(client.close());
    }
}
