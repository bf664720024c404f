package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.MediaServerContract;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RelayContractIT extends MediaServerContract {

    private static RelayNode relay;

    @BeforeAll
    static void startTheRelay() throws Exception {
        relay = new RelayNode();
    }

    @AfterAll
    static void stopIt() throws Exception {
        relay.close();
    }

    @Override
    protected MediaServers servers(Vertx vertx) {
        return new KurentoMediaServers(vertx);
    }

    @Override
    protected NodeRef ref() {
        return relay.ref();
    }
}
