package dev.grandstand.allocator;

import static dev.grandstand.allocator.AllocatorUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node that answers whatever it is asked, and that no media reaches any more. */
class SilentNodeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RoomId SHOW = new RoomId("show");

    @TempDir
    static Path folder;

    @Test
    void aNodeThatAnswersButGetsNoMediaLosesItsRoomsAndGetsNoOthers() throws Exception {
        var cut = new AtomicBoolean();
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var one = new RelayProcess();
                var two = new RelayProcess();
                var network = RtcNode.open(0, true);
                var clock = Executors.newSingleThreadScheduledExecutor();
                var allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 10, one.ref(), two.ref())) {
            var servers = new KurentoMediaServers(allocator.vertx());
            allocator.start(servers);
            await().atMost(PATIENCE).until(() -> answering(allocator) == 2);
            var placed = allocator.seated(SHOW, "ann").node();
            var node = servers.on(placed);
            for (var name : List.of("ann", "bob")) {
                var pipeline = allocator.seated(SHOW, name).pipeline();
                var peer = new RtcPeer(network, new RtcPeerListener() {});
                var endpoint = publish(node, pipeline, peer);
                var unused = clock.scheduleAtFixedRate(
                        () -> {
                            if (!cut.get()) {
                                sound(peer);
                            }
                        },
                        0,
                        20,
                        TimeUnit.MILLISECONDS);
                await().atMost(PATIENCE).until(() -> get(node.flows(endpoint, Direction.PUBLISH)));
                var stream = new Stream(
                        new StreamId(name),
                        new ParticipantId(name),
                        StreamKind.CAMERA,
                        new MediaLocation(placed, pipeline, endpoint));
                allocator.happens(SHOW, new RoomEvent.StreamStarted(stream, new DisplayName(name)));
            }

            cut.set(true);

            await().atMost(PATIENCE)
                    .until(() -> allocator.hasHeard(SHOW, new MediaEvent.RoomMediaLost(placed)::equals));
            assertThat(answering(allocator)).isOne();
            assertThat(allocator.seated(new RoomId("another"), "zoe").node()).isNotEqualTo(placed);
            assertThat(get(node.load()).pipelines()).as("it answers").isNotNegative();
        }
    }

    private static long answering(AllocatorUnderTest allocator) throws Exception {
        return allocator.fleet().getJsonArray("nodes").stream()
                .filter(node -> ((JsonObject) node).getBoolean("answering"))
                .count();
    }

    private static String publish(MediaServer node, String pipeline, RtcPeer peer) throws Exception {
        String offer = peer.offer(Optional.of(dev.grandstand.webrtc.sdp.Direction.SENDONLY), Optional.empty());
        var endpoint = get(node.publish(pipeline, offer, Map.of(), new EndpointListener() {
            @Override
            public void candidate(IceCandidate found) {
                peer.addCandidate(new dev.grandstand.webrtc.IceCandidate(
                        found.candidate(), found.sdpMid(), found.sdpMLineIndex()));
            }
        }));
        peer.acceptAnswer(endpoint.answer());
        for (var own : peer.candidates()) {
            get(node.addCandidate(endpoint.id(), new IceCandidate(own.candidate(), own.sdpMid(), own.sdpMLineIndex())));
        }
        return endpoint.id();
    }

    private static void sound(RtcPeer peer) {
        peer.codec(MediaKind.AUDIO, "opus")
                .ifPresent(opus -> peer.send(MediaKind.AUDIO, opus.payloadType(), new byte[] {1, 2, 3}, 0, false));
    }
}
