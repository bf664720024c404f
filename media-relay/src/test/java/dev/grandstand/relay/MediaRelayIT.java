package dev.grandstand.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.relay.kurento.AnnouncedAddresses;
import dev.grandstand.relay.kurento.KurentoConfig;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kurento.client.ConnectionState;
import org.kurento.client.DtlsConnectionState;
import org.kurento.client.KurentoClient;
import org.kurento.client.WebRtcEndpoint;

/** Whole relays, with real media planes, driven by the official client. */
class MediaRelayIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stopVertx() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private MediaRelay start(RelayConfig config) throws Exception {
        return MediaRelay.start(vertx, config).await(10, TimeUnit.SECONDS);
    }

    /** One offers, the other answers, candidates go both ways as they are found: what a cascade between nodes does. */
    @Test
    void twoRelaysConnectToEachOther() throws Exception {
        var first = start(RelayConfig.embedded());
        var second = start(RelayConfig.embedded());
        var firstClient = KurentoClient.create(first.uri().toString());
        var secondClient = KurentoClient.create(second.uri().toString());

        var offering = new WebRtcEndpoint.Builder(firstClient.createMediaPipeline()).build();
        var answering = new WebRtcEndpoint.Builder(secondClient.createMediaPipeline()).build();
        var states = new CopyOnWriteArrayList<ConnectionState>();
        for (var endpoint : new WebRtcEndpoint[] {offering, answering}) {
            endpoint.addConnectionStateChangedListener(event -> states.add(event.getNewState()));
        }
        offering.addIceCandidateFoundListener(event -> answering.addIceCandidate(event.getCandidate()));
        answering.addIceCandidateFoundListener(event -> offering.addIceCandidate(event.getCandidate()));

        offering.processAnswer(answering.processOffer(offering.generateOffer()));
        offering.gatherCandidates();
        answering.gatherCandidates();

        await().untilAsserted(() -> {
            assertThat(states).containsExactly(ConnectionState.CONNECTED, ConnectionState.CONNECTED);
            assertThat(offering.getDtlsConnectionState()).isNotEmpty().allSatisfy(dtls -> assertThat(dtls.getState())
                    .isEqualTo(DtlsConnectionState.CONNECTED));
        });
        assertThat(answering.getICECandidatePairs()).isNotEmpty();

        firstClient.destroy();
        secondClient.destroy();
        first.close().await(10, TimeUnit.SECONDS);
        second.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void candidatesCarryTheAnnouncedAddress() throws Exception {
        var defaults = RelayConfig.embedded();
        var relay = start(new RelayConfig(
                defaults.host(),
                0,
                0,
                new AnnouncedAddresses(Optional.of("203.0.113.7"), Optional.empty()),
                defaults.collectionPeriod(),
                KurentoConfig.Limits.DEFAULTS));
        var client = KurentoClient.create(relay.uri().toString());
        var pipeline = client.createMediaPipeline();
        var endpoint = new WebRtcEndpoint.Builder(pipeline).build();
        var peer = new WebRtcEndpoint.Builder(pipeline).build();
        var candidates = new CopyOnWriteArrayList<String>();
        endpoint.addIceCandidateFoundListener(
                event -> candidates.add(event.getCandidate().getCandidate()));
        var answer = endpoint.processOffer(peer.generateOffer());
        endpoint.gatherCandidates();

        await().untilAsserted(() -> assertThat(candidates).anySatisfy(candidate -> assertThat(candidate)
                .contains(" 203.0.113.7 " + relay.udpPort() + " typ host")));
        assertThat(candidates).noneSatisfy(candidate -> assertThat(candidate).contains("127.0.0.1"));
        assertThat(answer)
                .contains("a=candidate:", " 203.0.113.7 " + relay.udpPort() + " typ host")
                .doesNotContain("127.0.0.1 " + relay.udpPort());
        assertThat(endpoint.getLocalSessionDescriptor()).contains(" 203.0.113.7 " + relay.udpPort() + " typ host");

        client.destroy();
        relay.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aClosedRelayLeavesItsPorts() throws Exception {
        var relay = start(RelayConfig.embedded());
        var port = relay.uri().getPort();
        var udpPort = relay.udpPort();
        relay.close().await(10, TimeUnit.SECONDS);

        var defaults = RelayConfig.embedded();
        var again = start(new RelayConfig(
                defaults.host(), port, udpPort, defaults.announced(), defaults.collectionPeriod(), defaults.limits()));
        assertThat(again.uri().getPort()).isEqualTo(port);
        assertThat(again.udpPort()).isEqualTo(udpPort);

        var elsewhere = Vertx.vertx();
        var taken = new RelayConfig(
                defaults.host(), port, 0, defaults.announced(), defaults.collectionPeriod(), defaults.limits());
        assertThatThrownBy(() -> MediaRelay.start(elsewhere, taken).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("in use");
        elsewhere.close().await(10, TimeUnit.SECONDS);
        again.close().await(10, TimeUnit.SECONDS);
    }
}
