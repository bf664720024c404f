package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.relay.media.InMemoryMediaEngine;
import dev.grandstand.relay.media.MediaEngine;
import dev.grandstand.relay.media.MediaEngineConfig;
import io.vertx.core.Vertx;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relay answers what a Kurento Media Server 7.3 answered, in everything that the relay has. */
class KurentoReplayIT {

    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        RunningRelay.await(vertx.close());
    }

    /** Transcript, how many of its requests are refused because of what the relay does not have, events that must come. */
    @ParameterizedTest
    @CsvSource({
        "01-connect-ping, 0, ''",
        "02-create-pipeline, 0, ''",
        "03-publish, 0, MediaSessionStarted IceCandidateFound IceGatheringDone",
        "04-subscribe, 0, MediaSessionStarted IceCandidateFound IceGatheringDone",
        "05-bandwidth, 0, IceCandidateFound",
        "06-getstats, 0, IceCandidateFound",
        "07-release, 0, ObjectCreated ObjectDestroyed ElementDisconnected",
        "08-errors, 10, ''",
        "09-player, 17, ''",
        "09b-player-eos, 19, ''",
        "10-composite, 20, ''",
        "11-recorder, 14, ''",
        "12-cascade, 0, ''",
        "13-cascade-vp8, 0, ''",
        "14-server-manager, 3, ObjectCreated",
        "15-reconnect, 0, ElementConnected",
        "15b-reconnect-expired, 0, ''",
        "15c-server-restart, 0, ''",
        "16-raw-protocol, 0, ElementConnected",
        "17-server-offers, 0, ElementConnected MediaSessionStarted IceCandidateFound IceGatheringDone",
        "18-gc-and-death, 3, ''"
    })
    void answersAsKurentoDid(String transcript, int refusals, String events) throws Exception {
        var inMemory = new InMemoryMediaEngine();
        replay(transcript, refusals, events, inMemory);
        try (var real = MediaEngine.start(MediaEngineConfig.defaults())) {
            replay(transcript, refusals, events, real);
        }
    }

    private static void replay(String transcript, int refusals, String events, MediaEngine engine) throws Exception {
        var result = new Replay(
                        transcript,
                        (clock, period) ->
                                new RunningRelay(vertx, engine, clock, period, KurentoConfig.Limits.DEFAULTS))
                .run();

        assertThat(result.differences()).isEmpty();
        assertThat(result.compared()).isPositive();
        assertThat(result.refusals()).isEqualTo(refusals);
        if (!events.isEmpty()) {
            assertThat(result.eventTypes()).containsAll(Set.of(events.split(" ")));
        }
    }
}
