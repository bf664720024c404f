package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a publisher is told that it may send, by the lines of viewers and links behind it. */
class BitrateIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** A publisher here sends about 700 kbit/s, whatever it is told. */
    private static final long NARROW = 250_000;

    private static final long SENT = 500_000;

    private final MediaEngine origin = MediaEngine.start(MediaEngineConfig.defaults());
    private final MediaEngine edge = MediaEngine.start(MediaEngineConfig.defaults());
    private final RtcNode node = RtcNode.open(0, true);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        clock.shutdownNow();
        node.close();
        edge.close();
        origin.close();
    }

    private Client publisher() throws Exception {
        var publisher = new Client(node, origin).connect(Direction.SENDONLY);
        var source = new Vp8Source(1, 1);
        var unused = clock.scheduleAtFixedRate(() -> source.send(publisher, true, 2), 0, 20, TimeUnit.MILLISECONDS);
        return publisher;
    }

    @Test
    void theBestViewerBehindALinkSetsThePublishersBitrate() throws Exception {
        try (var publisher = publisher();
                var line = LossyDetour.narrow(edge.udpPort(), NARROW)) {
            var arrival = link(publisher);
            try (var poor = new Client(node, edge)) {
                arrival.connect(poor.endpoint, MediaKind.VIDEO);
                poor.connect(Direction.RECVONLY, line);
                await().atMost(SOON).until(() -> 0 < publisher.mayBeSent && publisher.mayBeSent < SENT);

                try (var good = new Client(node, edge)) {
                    arrival.connect(good.endpoint, MediaKind.VIDEO);
                    good.connect(Direction.RECVONLY);
                    await().atMost(SOON).until(() -> publisher.mayBeSent > 2 * SENT);
                }
            }
            assertThat(line.dropped.get()).isPositive();
        }
    }

    @Test
    void aLinkThatLosesSetsThePublishersBitrate() throws Exception {
        try (var publisher = publisher();
                var line = LossyDetour.narrow(edge.udpPort(), NARROW)) {
            link(publisher, line.port());

            await().atMost(SOON).until(() -> 0 < publisher.mayBeSent && publisher.mayBeSent < SENT);
        }
    }

    /** An edge's endpoint that receives what the publisher sends to the origin. */
    private RtcEndpoint link(Client publisher) throws Exception {
        return link(publisher, edge.udpPort());
    }

    /** @param port on the loopback address that the origin sends to */
    private RtcEndpoint link(Client publisher, int port) throws Exception {
        var down = new Events();
        RtcEndpoint sending = origin.createEndpoint(down);
        RtcEndpoint arrival = edge.createEndpoint(new Events());
        publisher.endpoint.connect(sending, MediaKind.VIDEO);
        sending.processAnswer(Client.withoutCandidates(arrival.processOffer(sending.generateOffer(true, true))));
        sending.addCandidate(new IceCandidate("candidate:9 1 UDP 99 127.0.0.1 " + port + " typ host", "audio0", 0));
        await().atMost(SOON).until(() -> down.log.contains("dtls CONNECTED"));
        return arrival;
    }
}
