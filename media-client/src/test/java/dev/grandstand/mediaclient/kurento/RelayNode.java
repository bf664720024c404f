package dev.grandstand.mediaclient.kurento;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.relay.MediaRelay;
import dev.grandstand.relay.RelayConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Our own node, on ports of its own. */
final class RelayNode implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final MediaRelay relay;

    RelayNode() throws Exception {
        relay = MediaRelay.start(vertx, RelayConfig.embedded()).await(10, TimeUnit.SECONDS);
    }

    int port() {
        return relay.uri().getPort();
    }

    NodeRef ref() {
        return at(port());
    }

    static NodeRef at(int port) {
        return new NodeRef(new NodeId("relay:" + port), URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    @Override
    public void close() throws Exception {
        relay.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
