package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.e2e.security.BrokenNetwork.Weather;
import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers without a browser behind networks that nobody would sell. */
class BrokenNetworkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VIEWERS = 3;

    private static final boolean LONG = Boolean.parseBoolean(System.getenv("GRANDSTAND_TEST_LONG"));

    /** How long the worst network is kept up. */
    private static final int MISCHIEF_SECONDS = LONG ? 60 : 5;

    /** What may be left on the heap; a leak of 1 kB a datagram would be more. */
    private static final long GROWTH = 48L << 20;

    @TempDir
    static Path folder;

    private static Grandstand grandstand;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        get(vertx.close());
        grandstand.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static URI url() {
        return URI.create("ws://127.0.0.1:" + grandstand.httpPort() + "/ws");
    }

    private static Audience audience(LoadAgent agent, String room) {
        return agent.audience(new Audience.Order(url(), new RoomId(room), null, VIEWERS, 10, null));
    }

    @Test
    void withATenthLostAndMuchJitterThePictureGoesOnAndWhatIsLostIsRepaired() throws Exception {
        try (var network = new BrokenNetwork(new Weather(0.10, Duration.ofMillis(50), 0), 7);
                var agent = LoadAgent.on(vertx);
                var behind = LoadAgent.on(vertx, network)) {
            var publisher = get(agent.publish(url(), new RoomId("lossy"), new DisplayName("Ann"), PictureShape.SMALL));
            var audience = audience(behind, "lossy");
            await().atMost(PATIENCE)
                    .until(() -> audience.figures().firstPictures().size() == VIEWERS);

            await().atMost(Duration.ofSeconds(60)).until(() -> audience.viewers().stream()
                    .allMatch(viewer -> viewer.picture().decoded() >= 150));

            var total = audience.figures().total();
            System.out.println("BrokenNetworkIT: " + network.videoDropped + " dropped, " + total);
            assertThat(network.videoDropped.get()).isGreaterThan(50);
            var repair = total.repair();
            assertThat(repair.missed()).isGreaterThanOrEqualTo(network.videoDropped.get() / 2);
            assertThat(repair.missed() - repair.repaired())
                    .isLessThanOrEqualTo(Math.max(VIEWERS * 8L, network.videoDropped.get() / 20));
            get(audience.leave());
            get(publisher.close());
        }
    }

    @Test
    void noiseCopiesAndBrokenPacketsOnTheMediaPortDisturbNobody() throws Exception {
        try (var log = new LogWatch();
                var network = new BrokenNetwork(new Weather(0, Duration.ofMillis(20), 3), 8);
                var agent = LoadAgent.on(vertx);
                var behind = LoadAgent.on(vertx, network)) {
            var publisher = get(agent.publish(url(), new RoomId("noisy"), new DisplayName("Ann"), PictureShape.SMALL));
            var calm = audience(agent, "noisy");
            var audience = audience(behind, "noisy");
            await().atMost(PATIENCE)
                    .until(() -> audience.figures().firstPictures().size() == VIEWERS);
            long heapBefore = heap();

            await().during(Duration.ofSeconds(MISCHIEF_SECONDS))
                    .atMost(Duration.ofSeconds(MISCHIEF_SECONDS).plus(PATIENCE))
                    .until(() -> audience.figures().total().failures() == 0);

            System.out.println("BrokenNetworkIT: " + network.invented + " invented, "
                    + audience.figures().total());
            assertThat(network.invented.get()).isGreaterThan(500 * MISCHIEF_SECONDS);
            long decoded = audience.figures().total().picture().decoded();
            await().atMost(PATIENCE)
                    .until(() -> audience.figures().total().picture().decoded() >= decoded + 50);
            assertThat(calm.figures().total().picture().incomplete()).isZero();
            assertThat(calm.figures().total().packetsLost()).isZero();
            assertThat(log.troubles()).isEmpty();
            assertThat(heap() - heapBefore).isLessThan(GROWTH);
            get(calm.leave());
            get(audience.leave());
            get(publisher.close());
        }
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
