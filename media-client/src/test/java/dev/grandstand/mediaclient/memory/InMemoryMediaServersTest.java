package dev.grandstand.mediaclient.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServerContract;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.Offers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class InMemoryMediaServersTest extends MediaServerContract {

    @Override
    protected MediaServers servers(Vertx vertx) {
        return new InMemoryMediaServers(vertx);
    }

    @Override
    protected NodeRef ref() {
        return new NodeRef(new NodeId("memory"), URI.create("ws://memory:8888/kurento"));
    }

    @Test
    void aKilledNodeIsLostAndComesBackEmpty() {
        var memory = (InMemoryMediaServers) servers;
        List<String> told = new CopyOnWriteArrayList<>();
        servers.onNodeLost(lost -> told.add("nobody")).end();
        servers.onNodeLost(lost -> told.add("node"));
        var pipeline = ask(() -> node.createPipeline(Map.of()));
        ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new EndpointListener() {
            @Override
            public void lost(String reason) {
                told.add("endpoint");
            }
        }));

        memory.kill(ref());

        await().until(() -> told.size() == 2);
        assertThat(told).containsExactlyInAnyOrder("node", "endpoint");
        refused(MediaFailure.Kind.NODE_UNREACHABLE, () -> node.load());
        memory.revive(ref());
        assertThat(ask(() -> node.pipelines())).isEmpty();
    }
}
