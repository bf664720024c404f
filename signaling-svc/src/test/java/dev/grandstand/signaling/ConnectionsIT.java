package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
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
import java.util.concurrent.atomic.AtomicInteger;
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
    private final List<StreamId> silent = new CopyOnWriteArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final Connections connections =
            new Connections(told::add, (stream, loss) -> lost.add(stream), silent::add, changes::incrementAndGet);
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final InMemoryMediaServers nodes = new InMemoryMediaServers(vertx);
    private final MediaServer node = nodes.on(NODE);
    private final MediaServer there = nodes.on(new NodeRef(new NodeId("there"), URI.create("ws://there:8888/kurento")));
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

        await().untilAsserted(
                        () -> assertThat(nodes.candidatesOf(opened.endpoint())).containsExactly(CANDIDATE));
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
    void aConnectionWhoseNetworkChangedKeepsItsEndpoint() throws Exception {
        var opened = onLoop(() -> open(CAMERA));

        var answer = onLoop(() -> connections.restartIce(CAMERA, OFFER + "a=ice-ufrag:anew\r\n"));

        assertThat(answer).contains("a=candidate:");
        assertThat(onLoop(() -> node.endpoints(pipeline))).containsExactly(opened.endpoint());
    }

    @Test
    void thereIsNoRestartWithoutAConnection() {
        assertThatThrownBy(() -> onLoop(() -> connections.restartIce(CAMERA, OFFER)))
                .hasRootCauseInstanceOf(Refusal.class)
                .hasMessageContaining("no connection for camera");
    }

    @Test
    void aPictureIsNewsOnceForEachConnection() throws Exception {
        assertThat(connections.shown(CAMERA)).isFalse();

        onLoop(() -> open(CAMERA));
        assertThat(connections.shown(CAMERA)).isTrue();
        assertThat(connections.shown(CAMERA)).isFalse();

        onLoop(() -> open(CAMERA));
        assertThat(connections.shown(CAMERA)).isTrue();
    }

    @Test
    void openingAgainReplacesTheConnection() throws Exception {
        onLoop(() -> open(CAMERA));
        var second = onLoop(() -> open(CAMERA));

        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).containsExactly(second.endpoint()));
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

    @Test
    void aConnectionIsTakenOverWithItsEndpoint() throws Exception {
        var opened = onLoop(() -> open(CAMERA));
        var held = connections.held();
        assertThat(held).hasSize(1);
        assertThat(held.getFirst().direction()).isEqualTo(Direction.PUBLISH);
        var next =
                new Connections(told::add, (stream, loss) -> lost.add(stream), silent::add, changes::incrementAndGet);
        told.clear();

        onLoop(() -> next.adopt(CAMERA, opened, Direction.PUBLISH));
        onLoop(() -> {
            connections.disownAll();
            return next.addCandidate(CAMERA, CANDIDATE);
        });
        assertThat(nodes.candidatesOf(opened.endpoint())).containsExactly(CANDIDATE);
        nodes.kill(NODE);

        await().untilAsserted(() -> assertThat(lost).containsExactly(CAMERA));
        assertThat(next.has(CAMERA)).isFalse();
    }

    @Test
    void aConnectionWhoseEndpointIsGoneIsNotTakenOver() throws Exception {
        var opened = onLoop(() -> open(CAMERA));
        onLoop(opened::release);
        var next =
                new Connections(told::add, (stream, loss) -> lost.add(stream), silent::add, changes::incrementAndGet);

        assertThatThrownBy(() -> onLoop(() -> next.adopt(CAMERA, opened, Direction.PUBLISH)))
                .hasRootCauseInstanceOf(MediaFailure.class);
        assertThat(next.has(CAMERA)).isFalse();
    }

    @Test
    void aConnectionIsSilentWhenNeitherSoundNorPictureFlows() throws Exception {
        var opened = onLoop(() -> open(CAMERA));
        nodes.flow(opened.endpoint(), MediaKind.VIDEO, true);
        nodes.flow(opened.endpoint(), MediaKind.AUDIO, true);
        nodes.flow(opened.endpoint(), MediaKind.AUDIO, false);
        nodes.flow(opened.endpoint(), MediaKind.VIDEO, false);

        await().untilAsserted(() -> assertThat(silent).containsExactly(CAMERA));
        assertThat(connections.isSilent(CAMERA)).isTrue();
    }

    @Test
    void everyChangeIsTold() throws Exception {
        onLoop(() -> open(CAMERA));
        assertThat(changes).hasValue(1);

        onLoop(() -> {
            connections.close(CAMERA);
            return Future.succeededFuture();
        });
        assertThat(changes).hasValue(2);
        assertThat(connections.held()).isEmpty();
    }

    @Test
    void aConnectionThatHasToMoveGoesOnUntilTheOtherCarriesTheStream() throws Exception {
        var here = onLoop(() -> open(CAMERA));
        var pipelineThere = onLoop(() -> there.createPipeline(Map.of()));
        assertThat(onLoop(() -> Future.succeededFuture(connections.leaveAllBut(there.node()))))
                .containsExactly(CAMERA);

        var moved = onLoop(() -> open(CAMERA, there, pipelineThere));
        assertThat(onLoop(() -> node.endpoints(pipeline))).containsExactly(here.endpoint());
        assertThat(connections.isMoving()).isTrue();
        assertThat(connections.held()).singleElement().satisfies(held -> assertThat(held.endpoint())
                .isEqualTo(moved.location()));

        onLoop(() -> {
            connections.settle(CAMERA);
            return Future.succeededFuture();
        });
        assertThat(connections.isMoving()).isFalse();
        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).isEmpty());
    }

    @Test
    void aMoveThatFailsLeavesTheConnectionAsItWas() throws Exception {
        var here = onLoop(() -> open(CAMERA));
        onLoop(() -> Future.succeededFuture(connections.leaveAllBut(there.node())));

        assertThatThrownBy(() -> onLoop(() -> open(CAMERA, there, "nowhere")))
                .hasRootCauseInstanceOf(MediaFailure.class);

        assertThat(onLoop(() -> node.endpoints(pipeline))).containsExactly(here.endpoint());
        assertThat(connections.has(CAMERA)).isTrue();
        assertThat(connections.isMoving()).isTrue();
    }

    @Test
    void whatHasNotMovedInTimeEnds() throws Exception {
        onLoop(() -> open(CAMERA));
        onLoop(() -> Future.succeededFuture(connections.leaveAllBut(there.node())));

        assertThat(onLoop(() -> Future.succeededFuture(connections.endMoves()))).containsExactly(CAMERA);

        await().untilAsserted(
                        () -> assertThat(onLoop(() -> node.endpoints(pipeline))).isEmpty());
        assertThat(connections.isMoving()).isFalse();
    }

    private Future<Placed> open(StreamId stream) {
        return open(stream, node, pipeline);
    }

    private Future<Placed> open(StreamId stream, MediaServer at, String in) {
        return connections
                .open(stream, listener -> at.publish(in, OFFER, Map.of(), listener)
                        .map(endpoint -> new Negotiated(
                                new Placed(at, in, endpoint.id(), null, VideoCodec.VP8), endpoint.answer())))
                .map(Negotiated::placed);
    }

    private <T> T onLoop(Supplier<Future<T>> action) throws Exception {
        var promise = Promise.<T>promise();
        loop.runOnContext(now -> action.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
