package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.relay.media.InMemoryMediaEngine;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kurento.client.ConnectionState;
import org.kurento.client.Continuation;
import org.kurento.client.EndpointStats;
import org.kurento.client.IceCandidate;
import org.kurento.client.KurentoClient;
import org.kurento.client.KurentoConnectionListener;
import org.kurento.client.MediaFlowState;
import org.kurento.client.MediaPipeline;
import org.kurento.client.MediaState;
import org.kurento.client.MediaType;
import org.kurento.client.PassThrough;
import org.kurento.client.PlayerEndpoint;
import org.kurento.client.RTCInboundRTPStreamStats;
import org.kurento.client.WebRtcEndpoint;
import org.kurento.client.internal.server.KurentoServerException;
import org.kurento.jsonrpc.JsonRpcErrorException;

/** The official Java client takes the relay for a Kurento Media Server. */
class KurentoClientIT {

    private static final String CANDIDATE = "candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host";

    private final MutableClock clock = new MutableClock();
    private final InMemoryMediaEngine engine = new InMemoryMediaEngine();
    private final Vertx vertx = Vertx.vertx();
    private final Connections connections = new Connections();
    private RunningRelay relay;
    private FlakyNetwork network;
    private KurentoClient client;

    @BeforeEach
    void start() throws Exception {
        relay = startRelay();
        network = new FlakyNetwork(vertx, () -> relay.port());
        client = KurentoClient.create("ws://127.0.0.1:" + network.port() + "/kurento", connections);
    }

    @AfterEach
    void stop() throws Exception {
        client.destroy();
        network.close();
        relay.close();
        RunningRelay.await(vertx.close());
    }

    private RunningRelay startRelay() throws Exception {
        return new RunningRelay(
                vertx, engine, clock, KurentoConfig.DEFAULT_COLLECTION_PERIOD, KurentoConfig.Limits.DEFAULTS);
    }

    @Test
    void negotiatesAnEndpointAndHearsItsEvents() {
        var pipeline = client.createMediaPipeline();
        var publisher = new WebRtcEndpoint.Builder(pipeline).build();
        var candidates = new CopyOnWriteArrayList<IceCandidate>();
        var flows = new CopyOnWriteArrayList<MediaType>();
        var states = new CopyOnWriteArrayList<Object>();
        var done = new CompletableFuture<Void>();
        publisher.addIceCandidateFoundListener(event -> candidates.add(event.getCandidate()));
        publisher.addIceGatheringDoneListener(event -> done.complete(null));
        publisher.addMediaFlowOutStateChangedListener(event -> {
            if (event.getState() == MediaFlowState.FLOWING) {
                flows.add(event.getMediaType());
            }
        });
        publisher.addConnectionStateChangedListener(event -> states.add(event.getNewState()));
        publisher.addMediaStateChangedListener(event -> states.add(event.getNewState()));
        publisher.addIceComponentStateChangedListener(event -> states.add(event.getState()));
        publisher.addDtlsConnectionStateChangeListener(event -> states.add(event.getState()));
        publisher.addNewCandidatePairSelectedListener(event -> states.add(event.getCandidatePair()));

        assertThat(publisher.processOffer(offer())).startsWith("v=0");
        publisher.gatherCandidates();
        publisher.addIceCandidate(new IceCandidate(CANDIDATE, "0", 0));

        assertThat(done).succeedsWithin(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            assertThat(flows).containsExactlyInAnyOrder(MediaType.AUDIO, MediaType.VIDEO);
            assertThat(states).contains(ConnectionState.CONNECTED, MediaState.CONNECTED);
        });
        assertThat(candidates).extracting(IceCandidate::getSdpMid).containsExactlyInAnyOrder("0", "1");
        assertThat(publisher.getConnectionState()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(publisher.getMediaState()).isEqualTo(MediaState.CONNECTED);
        assertThat(publisher.isMediaFlowingOut(MediaType.VIDEO)).isTrue();
        assertThat(publisher.isMediaFlowingIn(MediaType.VIDEO)).isFalse();
        assertThat(publisher.getIceConnectionState()).hasSize(1);
        assertThat(publisher.getDtlsConnectionState()).hasSize(2);
        assertThat(publisher.getICECandidatePairs()).hasSize(1);
        assertThat(publisher.getStats().values())
                .hasAtLeastOneElementOfType(EndpointStats.class)
                .hasAtLeastOneElementOfType(RTCInboundRTPStreamStats.class);
        assertThat(publisher.getLocalSessionDescriptor()).contains("a=candidate");
        assertThat(publisher.getRemoteSessionDescriptor()).startsWith("v=0");
    }

    @Test
    void connectsElementsAndListsTheConnections() {
        var pipeline = client.createMediaPipeline();
        var publisher = new WebRtcEndpoint.Builder(pipeline).build();
        var through = new PassThrough.Builder(pipeline).build();
        var viewer = new WebRtcEndpoint.Builder(pipeline).recvonly().build();

        publisher.connect(through);
        through.connect(viewer, MediaType.VIDEO);
        through.connect(viewer, MediaType.AUDIO, "default", "default");

        assertThat(publisher.getSinkConnections()).hasSize(3);
        assertThat(viewer.getSourceConnections())
                .extracting(connection -> connection.getType())
                .containsExactly(MediaType.AUDIO, MediaType.VIDEO);
        assertThat(viewer.getSourceConnections(MediaType.VIDEO).getFirst().getSource())
                .isEqualTo(through);
        assertThat(engine.connections()).isEqualTo(4);

        through.disconnect(viewer, MediaType.AUDIO);
        publisher.connect(viewer);
        assertThat(viewer.getSourceConnections(MediaType.VIDEO).getFirst().getSource())
                .isEqualTo(publisher);
        viewer.requestKeyframe();
        assertThatThrownBy(publisher::requestKeyframe).isInstanceOf(KurentoServerException.class);

        pipeline.release();
        assertThat(engine.size()).isZero();
        assertThat(engine.connections()).isZero();
        assertThat(client.getServerManager().getPipelines()).isEmpty();
    }

    @Test
    void carriesOutATransaction() {
        var transaction = client.beginTransaction();
        var pipeline = client.createMediaPipeline(transaction);
        var source = new WebRtcEndpoint.Builder(pipeline).build(transaction);
        var sink = new WebRtcEndpoint.Builder(pipeline).build(transaction);
        source.connect(transaction, sink);
        var name = source.getName(transaction);
        transaction.commit();

        assertThat(name.get()).isEqualTo(source.getId());
        assertThat(sink.getSourceConnections()).hasSize(3);
        assertThat(pipeline.getChildren()).hasSize(2);
    }

    @Test
    void keepsNamesTagsAndSettings() {
        var pipeline = client.createMediaPipeline();
        var endpoint = new WebRtcEndpoint.Builder(pipeline).useDataChannels().build();
        pipeline.setName("room");
        pipeline.addTag("b", "2");
        pipeline.addTag("a", "1");
        pipeline.removeTag("b");
        endpoint.setMaxVideoSendBandwidth(2_000);
        endpoint.setExternalIPv4("192.0.2.1");
        endpoint.setMtu(1_100);

        assertThat(pipeline.getName()).isEqualTo("room");
        assertThat(pipeline.getTags()).singleElement().satisfies(tag -> assertThat(tag.getValue())
                .isEqualTo("1"));
        assertThat(endpoint.getMaxVideoSendBandwidth()).isEqualTo(2_000);
        assertThat(endpoint.getMinVideoRecvBandwidth()).isEqualTo(100);
        assertThat(endpoint.getExternalIPv4()).isEqualTo("192.0.2.1");
        assertThat(endpoint.getMtu()).isEqualTo(1_100);
        assertThat(endpoint.getParent()).isEqualTo(pipeline);
        assertThat(endpoint.getMediaPipeline()).isEqualTo(pipeline);
        assertThat(client.getById(pipeline.getId(), MediaPipeline.class).getName())
                .isEqualTo("room");
    }

    @Test
    void describesTheNode() {
        var manager = client.getServerManager();
        var created = new CopyOnWriteArrayList<String>();
        manager.addObjectCreatedListener(event -> created.add(event.getObject().getId()));
        var pipeline = client.createMediaPipeline();

        await().untilAsserted(() -> assertThat(created).containsExactly(pipeline.getId()));
        assertThat(manager.getInfo().getVersion()).startsWith("7.3");
        assertThat(manager.getPipelines()).containsExactly(pipeline);
        assertThat(manager.getSessions()).contains(client.getSessionId());
        assertThat(manager.getCpuCount()).isPositive();
        assertThat(manager.getUsedMemory()).isPositive();
        assertThat(manager.getUsedCpu(50)).isBetween(0f, 100f);
    }

    @Test
    void refusesWhatItDoesNotHave() {
        var pipeline = client.createMediaPipeline();
        assertThatThrownBy(() -> new PlayerEndpoint.Builder(pipeline, "file:///clip.webm").build())
                .isInstanceOfSatisfying(KurentoServerException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo(40108));

        var failure = new CompletableFuture<Throwable>();
        var endpoint = new WebRtcEndpoint.Builder(pipeline).build();
        endpoint.processOffer("nonsense", new Continuation<>() {
            @Override
            public void onSuccess(String answer) {
                failure.complete(new AssertionError(answer));
            }

            @Override
            public void onError(Throwable cause) {
                failure.complete(cause);
            }
        });
        assertThat(failure)
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isInstanceOfSatisfying(JsonRpcErrorException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo(40201));
    }

    @Test
    void objectsAndSubscriptionsSurviveABrokenConnection() {
        var pipeline = client.createMediaPipeline();
        var source = new WebRtcEndpoint.Builder(pipeline).build();
        var connected = new CopyOnWriteArrayList<MediaType>();
        source.addElementConnectedListener(event -> connected.add(event.getMediaType()));

        network.breakAll();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(connections.reconnected).containsExactly(true));
        assertThat(source.getName()).isEqualTo(source.getId());
        source.connect(new WebRtcEndpoint.Builder(pipeline).build());
        await().untilAsserted(() ->
                assertThat(connected).containsExactlyInAnyOrder(MediaType.AUDIO, MediaType.VIDEO, MediaType.DATA));
    }

    @Test
    void aNewServerIsToldFromTheOldOne() throws Exception {
        var pipeline = client.createMediaPipeline();
        relay.close();
        relay = startRelay();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(connections.reconnected).containsExactly(false));
        assertThatThrownBy(pipeline::getName)
                .isInstanceOfSatisfying(KurentoServerException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo(40101));
        assertThat(client.createMediaPipeline().getName()).isNotEmpty();
    }

    /** What Chromium offered when the transcript was recorded. */
    private static String offer() {
        try (var stream = Objects.requireNonNull(
                KurentoClientIT.class.getResourceAsStream("/kurento-transcripts/03-publish.jsonl"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("\"processOffer\""))
                    .map(KurentoClientIT::offerIn)
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String offerIn(String line) {
        try {
            return Wire.parse(line).at("/msg/params/operationParams/offer").textValue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Connections implements KurentoConnectionListener {

        private final List<Boolean> reconnected = new CopyOnWriteArrayList<>();

        @Override
        public void connected() {}

        @Override
        public void connectionFailed() {}

        @Override
        public void disconnected() {}

        @Override
        public void reconnected(boolean sameServer) {
            reconnected.add(sameServer);
        }
    }
}
