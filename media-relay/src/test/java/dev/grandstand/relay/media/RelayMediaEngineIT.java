package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishers and viewers of our own, over real sockets, through the engine. */
class RelayMediaEngineIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final MediaEngine engine = MediaEngine.start(MediaEngineConfig.defaults());
    private final RtcNode node = RtcNode.open(0, true);

    @AfterEach
    void close() {
        node.close();
        engine.close();
    }

    private Client publisher() throws Exception {
        return new Client(node, engine).connect(Direction.SENDONLY);
    }

    private Client viewer(Client publisher) throws Exception {
        var viewer = new Client(node, engine);
        viewer.viewerOf(publisher);
        return viewer.connect(Direction.RECVONLY);
    }

    @Test
    void everyViewerReceivesWhatThePublisherSends() throws Exception {
        try (var publisher = publisher();
                var one = viewer(publisher);
                var two = viewer(publisher)) {
            var source = new Vp8Source(1, 100);
            var sent = new ArrayList<byte[]>();
            for (int i = 0; i < 60; i++) {
                byte[][] frame = source.frame(i == 0, 3);
                for (int p = 0; p < frame.length; p++) {
                    sent.add(frame[p].clone());
                    publisher.sendVideo(frame[p], source.timestamp, p == frame.length - 1);
                }
                publisher.sendAudio(new byte[] {7, (byte) i}, 960 * i);
            }

            for (Client viewer : List.of(one, two)) {
                await().atMost(SOON).until(() -> viewer.video.size() == sent.size() && viewer.audio.size() == 60);
                for (int i = 0; i < sent.size(); i++) {
                    assertThat(viewer.video.get(i).payload()).isEqualTo(sent.get(i));
                }
                assertThat(viewer.audio.get(59).payload()).containsExactly(7, 59);
                assertGapless(viewer.video);
            }
            assertThat(publisher.events.log).contains("out VIDEO true", "out AUDIO true");
            assertThat(one.events.log).contains("in VIDEO true", "in AUDIO true");
        }
    }

    @Test
    void statesComeInTheOrderInWhichKurentoTellsThem() throws Exception {
        try (var publisher = publisher()) {
            assertThat(publisher.events.log)
                    .containsSubsequence(
                            "started",
                            "ice CONNECTING",
                            "pair",
                            "ice CONNECTED",
                            "dtls NEW",
                            "dtls CONNECTING",
                            "ice READY",
                            "connection true",
                            "dtls CONNECTED");
        }
    }

    @Test
    void nothingIsForwardedBeforeAKeyframeAndOneIsAskedFor() throws Exception {
        try (var publisher = publisher()) {
            var source = new Vp8Source(2, 5);
            source.send(publisher, false, 2);
            await().atMost(SOON).until(() -> publisher.endpoint.flowingOut(MediaKind.VIDEO));
            try (var viewer = viewer(publisher)) {
                await().atMost(SOON).until(() -> publisher.keyframeRequests.get() > 0);
                source.send(publisher, false, 2);
                source.send(publisher, true, 4);

                await().atMost(SOON).until(() -> viewer.video.size() == 4);
                assertThat(viewer.video.getFirst().payload()[4] & 1).isZero();
            }
        }
    }

    @Test
    void whoComesShortlyAfterAKeyframeGetsItAtOnce() throws Exception {
        try (var publisher = publisher()) {
            var source = new Vp8Source(3, 5);
            source.send(publisher, true, 80);
            for (int i = 0; i < 5; i++) {
                source.send(publisher, false, 3);
            }
            await().atMost(SOON).until(() -> publisher.endpoint.stats().inbound().stream()
                    .anyMatch(in -> in.kind() == MediaKind.VIDEO && in.packets() == 95));

            try (var viewer = viewer(publisher)) {
                await().atMost(SOON).until(() -> viewer.video.size() == 95);
                assertGapless(viewer.video);
                int first = viewer.video.getFirst().timestamp();
                int last = viewer.video.getLast().timestamp();
                // Five frames of 4,500 ticks, of which the past is pressed together.
                assertThat(last - first).isEqualTo(5 * 4_500 / 16);
            }
        }
    }

    @Test
    void anotherSourceContinuesTheSameStream() throws Exception {
        try (var first = publisher();
                var second = publisher();
                var viewer = viewer(first)) {
            var one = new Vp8Source(4, 0x7FF0);
            var two = new Vp8Source(5, 77);
            one.send(first, true, 3);
            for (int i = 0; i < 20; i++) {
                one.send(first, false, 2);
            }
            await().atMost(SOON).until(() -> viewer.video.size() == 43);

            viewer.viewerOf(second);
            await().atMost(SOON).until(() -> {
                one.send(first, false, 1);
                two.send(second, false, 1);
                return second.keyframeRequests.get() > 0;
            });
            int before = viewer.video.size();
            two.send(second, true, 3);
            two.send(second, false, 2);
            await().atMost(SOON).until(() -> viewer.video.size() >= before + 5);

            assertGapless(viewer.video);
            assertPictureIdsCount(viewer.video);
            for (int i = 1; i < viewer.video.size(); i++) {
                assertThat(viewer.video.get(i).timestamp()
                                - viewer.video.get(i - 1).timestamp())
                        .isNotNegative();
            }
        }
    }

    @Test
    void lostPacketsAreSentAgain() throws Exception {
        try (var publisher = publisher();
                var detour = new LossyDetour(engine.udpPort(), 42, 0.10)) {
            var viewer = new Client(node, engine);
            viewer.viewerOf(publisher);
            viewer.connect(Direction.RECVONLY, detour);
            var source = new Vp8Source(6, 1);
            source.send(publisher, true, 4);
            for (int i = 1; i < 100; i++) {
                int frames = i;
                source.send(publisher, false, 4);
                if (i % 10 == 0) {
                    await().atMost(SOON).until(() -> viewer.video.size() > frames * 3);
                }
            }
            // The last packets' loss shows only when another follows.
            await().atMost(SOON).until(() -> {
                source.send(publisher, false, 1);
                return distinct(viewer.video) >= 400;
            });

            assertThat(detour.dropped.get()).isGreaterThan(10);
            // A packet that a busy machine could not repair in time may cost a keyframe; most are repaired.
            assertThat(publisher.keyframeRequests.get()).isLessThan(10);
            viewer.close();
        }
    }

    @Test
    void whatIsLostOnTheWayFromThePublisherIsAskedForAgain() throws Exception {
        try (var detour = new LossyDetour(engine.udpPort(), 43, 0.10);
                var publisher = new Client(node, engine).connect(Direction.SENDONLY, detour);
                var viewer = viewer(publisher)) {
            var source = new Vp8Source(16, 1);
            // Until it gets through: the keyframe itself may be lost for good before there is anything to compare with.
            await().atMost(SOON).until(() -> {
                source.send(publisher, true, 2);
                return !viewer.video.isEmpty();
            });
            long before = distinct(viewer.video);
            for (int i = 0; i < 100; i++) {
                source.send(publisher, false, 3);
                if (i % 10 == 9) {
                    long sofar = before + i * 2L;
                    await().atMost(SOON).until(() -> distinct(viewer.video) > sofar);
                }
            }
            await().atMost(SOON).until(() -> {
                source.send(publisher, false, 1);
                return distinct(viewer.video) >= before + 300;
            });

            assertThat(detour.dropped.get()).isGreaterThan(10);
            assertThat(publisher.peer.stats().sent().get(MediaKind.VIDEO).retransmissions())
                    .isGreaterThan(5);
            assertThat(publisher.endpoint.stats().inbound())
                    .anyMatch(in -> in.kind() == MediaKind.VIDEO && in.nackCount() > 0);
        }
    }

    private static long distinct(List<Client.Packet> packets) {
        return packets.stream().map(Client.Packet::sequence).distinct().count();
    }

    @Test
    void aPassThroughHandsOnWhateverFeedsIt() throws Exception {
        try (var publisher = publisher();
                var viewer = new Client(node, engine).connect(Direction.RECVONLY)) {
            PassThrough through = engine.createPassThrough();
            through.connect(viewer.endpoint, MediaKind.VIDEO);
            publisher.endpoint.connect(through, MediaKind.VIDEO);
            var source = new Vp8Source(7, 1);
            source.send(publisher, true, 2);
            await().atMost(SOON).until(() -> viewer.video.size() == 2);

            through.release();
            source.send(publisher, true, 2);
            publisher.endpoint.connect(viewer.endpoint, MediaKind.VIDEO);
            source.send(publisher, true, 2);

            await().atMost(SOON).until(() -> viewer.video.size() >= 4);
        }
    }

    @Test
    void twoEnginesPassStreamsOn() throws Exception {
        try (var edge = MediaEngine.start(MediaEngineConfig.defaults());
                var publisher = publisher();
                var viewer = new Client(node, edge).connect(Direction.RECVONLY)) {
            var links = new ArrayList<RtcEndpoint>();
            // More than one link between the same two nodes must be told apart.
            for (int i = 0; i < 3; i++) {
                var down = new Events();
                var up = new Events();
                RtcEndpoint origin = engine.createEndpoint(down);
                RtcEndpoint pull = edge.createEndpoint(up);
                publisher.endpoint.connect(origin, MediaKind.VIDEO);
                origin.processAnswer(pull.processOffer(origin.generateOffer(true, true)));
                origin.gatherCandidates();
                pull.gatherCandidates();
                await().atMost(SOON).until(() -> down.log.contains("gathered") && up.log.contains("gathered"));
                down.candidates.forEach(pull::addCandidate);
                up.candidates.forEach(origin::addCandidate);
                await().atMost(SOON)
                        .until(() -> down.log.contains("dtls CONNECTED") && up.log.contains("dtls CONNECTED"));
                links.add(pull);
            }
            links.getLast().connect(viewer.endpoint, MediaKind.VIDEO);
            var source = new Vp8Source(8, 1);
            await().atMost(SOON).until(() -> {
                source.send(publisher, true, 2);
                return viewer.video.size() >= 6;
            });
            assertThat(viewer.video.getFirst().payload()[4] & 1).isZero();
        }
    }

    @Test
    void aClosedPeerIsToldAndItsFlowCeases() throws Exception {
        try (var publisher = publisher();
                var viewer = viewer(publisher)) {
            new Vp8Source(9, 1).send(publisher, true, 2);
            await().atMost(SOON).until(() -> viewer.video.size() == 2);

            publisher.peer.close();

            await().atMost(SOON).until(() -> publisher.events.log.contains("dtls CLOSED"));
            await().atMost(SOON).until(() -> publisher.events.log.contains("out VIDEO false"));
            await().atMost(SOON).until(() -> viewer.events.log.contains("in VIDEO false"));
        }
    }

    @Test
    void releasedEndpointsLeaveNothingBehind() throws Exception {
        try (var publisher = publisher()) {
            viewer(publisher).close();
            long threads = platformThreads();
            for (int i = 0; i < 40; i++) {
                viewer(publisher).close();
            }
            await().atMost(SOON).until(() -> node.transportCount() == 1);
            await().atMost(SOON).until(() -> ((RelayMediaEngine) engine).node().transportCount() == 1);
            assertThat(platformThreads()).isLessThanOrEqualTo(threads + 2);
        }
    }

    private static long platformThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isVirtual() && !thread.getName().startsWith("ForkJoinPool"))
                .count();
    }

    private static void assertGapless(List<Client.Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            assertThat((packets.get(i).sequence() - packets.get(i - 1).sequence()) & 0xFFFF)
                    .as("step to packet %d", i)
                    .isEqualTo(1);
        }
    }

    private static void assertPictureIdsCount(List<Client.Packet> packets) {
        int last = -1;
        for (Client.Packet packet : packets) {
            int id = (packet.payload()[2] & 0x7F) << 8 | (packet.payload()[3] & 0xFF);
            if (last >= 0) {
                assertThat((id - last) & 0x7FFF).isLessThanOrEqualTo(1);
            }
            last = id;
        }
    }
}
