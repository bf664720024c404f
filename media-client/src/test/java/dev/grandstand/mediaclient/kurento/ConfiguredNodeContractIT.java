package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.MediaServerContract;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against the first node of {@code GRANDSTAND_MEDIA_NODES}, which may be a Kurento. */
@EnabledIfEnvironmentVariable(named = "GRANDSTAND_MEDIA_NODES", matches = "ws.+")
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
}
