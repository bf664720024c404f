package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who does not know the password, or shows another certificate than the one announced, gets nowhere. */
class StrangersIT {

    private final MediaEngine engine = MediaEngine.start(MediaEngineConfig.defaults());
    private final RtcNode node = RtcNode.open(0, true);
    private final Client client = new Client(node, engine);

    @AfterEach
    void close() {
        client.close();
        node.close();
        engine.close();
    }

    private void negotiate(UnaryOperator<String> offered, UnaryOperator<String> answered) throws Exception {
        var audio = Optional.of(Direction.SENDONLY);
        String offer = client.peer.offer(audio, audio);
        client.peer.acceptAnswer(answered.apply(client.endpoint.processOffer(offered.apply(offer))));
        client.endpoint.gatherCandidates();
        await().atMost(Duration.ofSeconds(20)).until(() -> client.events.log.contains("gathered"));
        client.events.candidates.forEach(client.peer::addCandidate);
    }

    @Test
    void checksWithAWrongPasswordFindNobody() throws Exception {
        negotiate(UnaryOperator.identity(), sdp -> sdp.replaceAll("a=ice-pwd:\\S+", "a=ice-pwd:" + "x".repeat(24)));

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> !client.connected);
        assertThat(client.events.log).doesNotContain("ice CONNECTED", "ice READY", "pair", "dtls CONNECTED");
    }

    @Test
    void anotherCertificateThanTheOneAnnouncedIsRefused() throws Exception {
        var wrong = "a=fingerprint:sha-256 " + String.join(":", Collections.nCopies(32, "AB"));
        negotiate(sdp -> sdp.replaceAll("a=fingerprint:\\S+ \\S+", wrong), UnaryOperator.identity());
        List<IceCandidate> own = client.peer.candidates();
        own.forEach(client.endpoint::addCandidate);

        await().atMost(Duration.ofSeconds(60)).until(() -> client.events.log.contains("dtls FAILED"));

        assertThat(client.events.log).doesNotContain("dtls CONNECTED", "out VIDEO true");
    }
}
