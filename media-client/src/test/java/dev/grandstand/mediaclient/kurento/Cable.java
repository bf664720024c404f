package dev.grandstand.mediaclient.kurento;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** TCP between a client and a node, to be pulled, stretched and plugged into another node. */
final class Cable implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server = vertx.createNetServer();
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile int target;
    private volatile boolean silent;
    private volatile boolean refusing;

    Cable(int target) throws Exception {
        this.target = target;
        server.connectHandler(this::plug).listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    /** Breaks what is connected; new connections go through. */
    void drop() {
        var open = List.copyOf(sockets);
        sockets.clear();
        open.forEach(NetSocket::close);
    }

    /** As if the node's process were gone. */
    void cut() {
        refusing = true;
        drop();
    }

    void mend() {
        refusing = false;
    }

    /** Nothing comes through any more, though everything stays connected. */
    void hang() {
        silent = true;
    }

    void release() {
        silent = false;
    }

    /** New connections go to another node. */
    void plugInto(int port) {
        target = port;
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    private void plug(NetSocket near) {
        if (refusing) {
            near.close();
            return;
        }
        near.pause();
        client.connect(target, "127.0.0.1").onFailure(failure -> near.close()).onSuccess(far -> {
            sockets.add(near);
            near.handler(data -> carry(data, far)).closeHandler(closed -> far.close());
            far.handler(data -> carry(data, near)).closeHandler(closed -> near.close());
            near.resume();
        });
    }

    private Future<Void> carry(Buffer data, NetSocket to) {
        return silent ? Future.succeededFuture() : to.write(data);
    }
}
