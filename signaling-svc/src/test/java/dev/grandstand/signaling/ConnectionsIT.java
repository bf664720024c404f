package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsIT {

    private static final NodeRef NODE = new NodeRef(new NodeId("n"), URI.create("ws://n:8888/kurento"));
    private static final StreamId CAMERA = new StreamId("camera");
    private static final IceCandidate CANDIDATE = new IceCandidate("candidate:1 1 udp 1 127.0.0.1 9 typ host", "0", 0);
    private static final String OFFER =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n";

    private final List<ServerMessage> told = new CopyOnWriteArrayList<>();
    private final List<StreamId> lost = new CopyOnWriteArrayList<>();
    private final Connections connections = new Connections(told::add, lost::add);
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final InMemoryMediaServers nodes = new InMemoryMediaServers(vertx);
    private final MediaServer node = nodes.on(NODE);
    private String pipeline = "";

    @BeforeEach
    void place() throws Exception {
        pipeline = onLoop(() -> node.createPipeline(Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void candidatesThatComeBeforeTheEndpointWaitForIt() throws Exception {
        var opened = onLoop(() -> {
            var opening = open(CAMERA);
            connections.addCandidate(CAMERA, CANDIDATE);
            return opening;
        });

        await().untilAsserted(() -> assertThat(nodes.candidatesOf(opened.id())).containsExactly(CANDIDATE));
    }

    @Test
    void aCandidateForNoConnectionIsRefused() {
        assertThatThrownBy(() -> onLoop(() -> connections.addCandidate(CAMERA, CANDIDATE)))
                .hasRootCauseInstanceOf(Refusal.class)
                .hasMessageContaining("no connection for camera");
    }

    @Test
    void anEndpointThatComesAfterItsConnectionWasClosedIsReleased() {
        assertThatThrownBy(() -> onLoop(() -> {
                    var opening = open(CAMERA);
                    connections.close(CAMERA);
                    return opening;
                }))
                .hasRootCauseInstanceOf(Refusal.class);

        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).isEmpty());
    }

    @Test
    void openingAgainReplacesTheConnection() throws Exception {
        onLoop(() -> open(CAMERA));
        var second = onLoop(() -> open(CAMERA));

        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).containsExactly(second.id()));
    }

    @Test
    void closingAllLeavesNothingOnTheNode() throws Exception {
        onLoop(() -> open(CAMERA));
        onLoop(() -> open(new StreamId("screen")));

        onLoop(() -> {
            connections.closeAll();
            return Future.succeededFuture();
        });

        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).isEmpty());
        assertThat(lost).isEmpty();
    }

    @Test
    void aLostNodeIsToldOncePerConnection() throws Exception {
        onLoop(() -> open(CAMERA));

        nodes.kill(NODE);

        await().untilAsserted(() -> assertThat(lost).containsExactly(CAMERA));
        assertThat(connections.has(CAMERA)).isFalse();
    }

    private Future<Endpoint> open(StreamId stream) {
        return connections
                .open(stream, listener -> node.publish(pipeline, OFFER, Map.of(), listener)
                        .map(endpoint -> new Placed(node, pipeline, endpoint)))
                .map(Placed::endpoint);
    }

    private <T> T onLoop(Supplier<Future<T>> action) throws Exception {
        var promise = Promise.<T>promise();
        loop.runOnContext(now -> action.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
