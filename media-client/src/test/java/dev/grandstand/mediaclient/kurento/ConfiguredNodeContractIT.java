package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.MediaServerContract;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Vertx;
import java.net.URI;

/** The contract against the first node of {@code GRANDSTAND_MEDIA_NODES}, taken for a Kurento; the build runs it if set. */
class ConfiguredNodeContractIT extends MediaServerContract {

    @Override
    protected MediaServers servers(Vertx vertx) {
        return new KurentoMediaServers(vertx);
    }

    @Override
    protected NodeRef ref() {
        var first = System.getenv("GRANDSTAND_MEDIA_NODES").split(",")[0].strip();
        return new NodeRef(new NodeId("configured"), URI.create(first));
    }

    @Override
    protected boolean restartsIce() {
        return false;
    }
}
