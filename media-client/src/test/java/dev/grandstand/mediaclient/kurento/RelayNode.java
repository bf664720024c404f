package dev.grandstand.mediaclient.kurento;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.relay.kurento.AnnouncedAddresses;
import dev.grandstand.relay.kurento.KurentoConfig;
import dev.grandstand.relay.kurento.KurentoVerticle;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Our own node, on a port of its own. */
final class RelayNode implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final SilentEngine engine = new SilentEngine();
    private final KurentoVerticle kurento = new KurentoVerticle(
            new KurentoConfig(
                    "127.0.0.1",
                    0,
                    KurentoConfig.DEFAULT_COLLECTION_PERIOD,
                    AnnouncedAddresses.NONE,
                    KurentoConfig.Limits.DEFAULTS),
            engine,
            InstantSource.system());

    RelayNode() throws Exception {
        vertx.deployVerticle(kurento).await(10, TimeUnit.SECONDS);
    }

    int port() {
        return kurento.port();
    }

    NodeRef ref() {
        return at(port());
    }

    static NodeRef at(int port) {
        return new NodeRef(new NodeId("relay:" + port), URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        engine.close();
    }
}
