package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers whose network changes, through the engine and over real sockets. */
class IceRestartIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final MediaEngine engine = MediaEngine.start(MediaEngineConfig.defaults());
    private final RtcNode node = RtcNode.open(0, true);
    private final Vp8Source source = new Vp8Source(1, 1);
    private Client publisher;

    @BeforeEach
    void publish() throws Exception {
        publisher = new Client(node, engine).connect(Direction.SENDONLY);
    }

    @AfterEach
    void close() {
        publisher.close();
        node.close();
        engine.close();
    }

    @Test
    void aViewerWhoseWayIsGoneFindsAnotherOverTheSameEndpointAndKeys() throws Exception {
        var detour = new LossyDetour(engine.udpPort(), 1, 0);
        try (var viewer = new Client(node, engine)) {
            viewer.viewerOf(publisher);
            viewer.connect(Direction.RECVONLY, detour);
            source.send(publisher, true, 2);
            await().atMost(SOON).until(() -> viewer.video.size() == 2);

            detour.close();
            restart(viewer);

            awaitMore(viewer);
            assertThat(viewer.events.log).filteredOn("dtls CONNECTED"::equals).hasSize(1);
            assertThat(viewer.events.log).filteredOn("pair"::equals).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void noPacketIsMissedWhereTheOldWayWorksUntilTheNewOneDoes() throws Exception {
        try (var detour = new LossyDetour(engine.udpPort(), 2, 0);
                var viewer = new Client(node, engine)) {
            viewer.viewerOf(publisher);
            viewer.connect(Direction.RECVONLY, detour);
            source.send(publisher, true, 2);
            await().atMost(SOON).until(() -> viewer.video.size() == 2);

            restart(viewer);
            for (int i = 1; i <= 50; i++) {
                source.send(publisher, false, 1);
                int sent = i;
                await().atMost(SOON).until(() -> viewer.video.size() >= 2 + sent);
            }

            assertThat(viewer.events.log).doesNotContain("connection false");
            assertThat(viewer.disconnected).isFalse();
        }
    }

    @Test
    void aPublisherGoesOnToo() throws Exception {
        try (var viewer = new Client(node, engine)) {
            viewer.viewerOf(publisher);
            viewer.connect(Direction.RECVONLY);

            restart(publisher);
            restart(publisher);

            source.send(publisher, true, 2);
            awaitMore(viewer);
        }
    }

    @Test
    void whatIsNoRestartIsRefusedAndChangesNothing() throws Exception {
        try (var viewer = new Client(node, engine);
                var stranger = RtcNode.open(0, true)) {
            viewer.viewerOf(publisher);
            viewer.connect(Direction.RECVONLY);
            String first = viewer.endpoint.remoteDescription();
            String anew = viewer.peer.restartOffer();

            refused(viewer, first);
            refused(viewer, anew.replace(hex(node), hex(stranger)));
            refused(viewer, anew.replace("a=recvonly", "a=sendrecv"));

            assertThat(viewer.endpoint.remoteDescription()).isEqualTo(first);
            source.send(publisher, true, 2);
            awaitMore(viewer);
        }
    }

    private static String hex(RtcNode of) {
        return of.fingerprint().toString().replaceAll("^.*?([0-9A-F]{2}(:[0-9A-F]{2}){31}).*$", "$1");
    }

    private static void refused(Client client, String offer) {
        assertThatThrownBy(() -> client.endpoint.processOffer(offer))
                .isInstanceOfSatisfying(NegotiationRefused.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(NegotiationRefused.Reason.ALREADY_NEGOTIATED));
    }

    private static void restart(Client client) throws Exception {
        String answer = client.endpoint.processOffer(client.peer.restartOffer());
        assertThat(answer).contains("a=candidate:");
        client.peer.acceptAnswer(answer);
        client.peer.candidates().forEach(client.endpoint::addCandidate);
    }

    private void awaitMore(Client viewer) {
        int before = viewer.video.size();
        await().atMost(SOON).until(() -> {
            source.send(publisher, false, 1);
            return viewer.video.size() > before + 5;
        });
    }
}
