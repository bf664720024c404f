package dev.grandstand.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Programme;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.Ticket;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.VideoCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients without a browser, through every service and the relay. */
class LoadAgentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Grandstand grandstand;
    private static Vertx vertx;
    private static LoadAgent agent;

    @BeforeAll
    static void start() throws IOException {
        grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
        vertx = Vertx.vertx();
        agent = LoadAgent.on(vertx);
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
        get(vertx.close());
        grandstand.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static URI url() {
        return URI.create("ws://127.0.0.1:" + grandstand.httpPort() + "/ws");
    }

    private static Publisher publisher(String room) throws Exception {
        return get(agent.publish(url(), new RoomId(room), new DisplayName("Ann"), PictureShape.SMALL));
    }

    private static Viewer viewer(String room, String name) throws Exception {
        return get(agent.view(url(), new RoomId(room), new DisplayName(name)));
    }

    @Test
    void whatOnePublisherSendsArrivesCompleteAtEveryViewer() throws Exception {
        var publisher = publisher("complete");
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            viewers.add(viewer("complete", "Viewer " + i));
        }

        for (var viewer : viewers) {
            await().atMost(PATIENCE).until(() -> viewer.figures().frames() >= 100);
            var figures = viewer.figures();
            assertThat(figures.streams()).isOne();
            assertThat(figures.keyframes()).isPositive();
            assertThat(figures.packetsLost()).isZero();
            assertThat(figures.picture().incomplete()).isZero();
            assertThat(figures.delayP99()).isPositive();
            assertThat(figures.failures()).isZero();
            assertThat(figures.milestones().toFirstPicture()).isPresent();
        }
        var sent = publisher.figures();
        assertThat(sent.frames()).isGreaterThanOrEqualTo(100);

        for (var viewer : viewers) {
            get(viewer.close());
        }
        get(publisher.close());
    }

    @Test
    void aClipIsPlayedAgainAndAgainToAnAudienceThatGrows() throws Exception {
        var key = new byte[4_000];
        key[0] = 0x10;
        var other = new byte[800];
        other[0] = 0x11;
        var pictures = IntStream.range(0, 10)
                .mapToObj(i -> new Clip.Picture(i == 0 ? key : other, Duration.ofMillis(40L * i), i == 0))
                .toList();
        var clip = new Clip(VideoCodec.VP8, pictures, List.of(), Duration.ofMillis(400));
        var room = new RoomId("clip");
        var publisher = get(agent.publish(
                new Ticket(url(), room, new DisplayName("Ann"), null), new Programme(PictureShape.SMALL, clip)));

        var audience = agent.audience(new Audience.Order(url(), room, null, 4, 10, null));

        await().atMost(PATIENCE).until(() -> audience.figures().firstPictures().size() == 4);
        await().atMost(PATIENCE).until(() -> audience.viewers().stream()
                .allMatch(viewer -> viewer.picture().decoded() > 30));
        assertThat(audience.figures().refusals()).isEmpty();
        assertThat(audience.figures().total().keyframes()).isGreaterThan(8);
        await().atMost(PATIENCE).until(() -> audience.samples().size() >= 2);
        assertThat(audience.samples().getLast().framesPerSecond()).isPositive();
        get(audience.leave());
        get(publisher.close());
    }

    @Test
    void whoComesLongAfterTheLastKeyframeGetsAnother() throws Exception {
        var publisher = publisher("late");
        // Two seconds and more: the relay no longer replays the first keyframe.
        await().atMost(PATIENCE).until(() -> publisher.figures().frames() >= 60);

        var viewer = viewer("late", "Latecomer");

        await().atMost(PATIENCE).until(() -> viewer.figures().keyframes() >= 1);
        assertThat(publisher.figures().keyframeRequests()).isPositive();
        get(viewer.close());
        get(publisher.close());
    }

    @Test
    void whoIsThereBeforeTheStreamSeesItTooAndItsEnd() throws Exception {
        var viewer = viewer("early", "Early bird");
        var publisher = publisher("early");
        await().atMost(PATIENCE).until(() -> viewer.figures().frames() >= 10);

        get(publisher.close());

        await().atMost(PATIENCE).until(() -> viewer.figures().streams() == 0);
        get(viewer.close());
    }
}
