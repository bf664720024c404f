package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.e2e.cluster.MediaNodeView;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.relay.MediaRelay;
import dev.grandstand.relay.RelayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms that outgrow a media node: three relays of two seats each, every one of which may feed one other. */
class EdgesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static final List<MediaRelay> RELAYS = new ArrayList<>();
    private static final List<MediaNodeView> NODES = new ArrayList<>();
    private static Grandstand grandstand;
    private static LoadAgent agent;

    @BeforeAll
    static void start() throws Exception {
        for (int i = 0; i < 3; i++) {
            var relay = get(MediaRelay.start(VERTX, RelayConfig.embedded()));
            RELAYS.add(relay);
            NODES.add(new MediaNodeView(relay.uri()));
        }
        var plain = AllInOneConfig.onFreePorts(folder);
        var variables = plain.variables()
                .with(Map.of(
                        "GRANDSTAND_MEDIA_NODES",
                        RELAYS.stream().map(relay -> relay.uri().toString()).collect(Collectors.joining(",")),
                        "GRANDSTAND_SEATS_PER_NODE",
                        "2",
                        "GRANDSTAND_EDGES_PER_NODE",
                        "1",
                        "GRANDSTAND_EDGE_LINGER",
                        "500ms"));
        grandstand =
                Grandstand.start(new AllInOneConfig(plain.dataDir(), plain.kafkaPort(), plain.relayPort(), variables));
        agent = LoadAgent.on(VERTX);
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
        grandstand.close();
        NODES.forEach(MediaNodeView::close);
        for (var relay : RELAYS) {
            get(relay.close());
        }
        get(VERTX.close());
    }

    @Test
    void aStreamReachesTheAudienceOfEveryNodeOverOneLinkEach() throws Exception {
        var publisher = publisher("tree");
        var viewers = new ArrayList<Viewer>();
        for (int i = 0; i < 5; i++) {
            viewers.add(viewer("tree", "Viewer " + i));
        }

        viewers.forEach(EdgesIT::awaitPicture);

        // Origin: who publishes, one viewer, one link out. Behind it: a link in, two viewers, a link out. Then the
        // last.
        assertThat(endpoints("tree")).containsExactlyInAnyOrder(3, 4, 3);
        for (var viewer : viewers) {
            assertThat(viewer.figures().packetsLost()).isZero();
            get(viewer.close());
        }
        await().atMost(PATIENCE)
                .until(() -> endpoints("tree").stream().mapToInt(n -> n).sum() == 1);
        await().atMost(PATIENCE).until(() -> pipelines("tree") == 1);
        get(publisher.close());
    }

    @Test
    void whoeverPublishesOnAnEdgeIsSeenOnTheOrigin() throws Exception {
        var first = publisher("stage");
        var onOrigin = viewer("stage", "Olga");
        var second = publisher("stage");
        awaitStreams(onOrigin, 2);

        assertThat(pipelines("stage")).isEqualTo(2);
        get(second.close());
        awaitStreams(onOrigin, 1);
        get(first.close());
        get(onOrigin.close());
        await().atMost(PATIENCE).until(() -> pipelines("stage") == 0);
    }

    private static void awaitPicture(Viewer viewer) {
        await().atMost(PATIENCE).until(() -> viewer.figures().frames() >= 45);
        assertThat(viewer.figures().keyframes()).isPositive();
    }

    private static void awaitStreams(Viewer viewer, int streams) {
        await().atMost(PATIENCE).until(() -> viewer.figures().streams() == streams);
        long before = viewer.figures().frames();
        await().atMost(PATIENCE).until(() -> viewer.figures().frames() >= before + 30);
    }

    private static List<Integer> endpoints(String room) {
        return NODES.stream().map(node -> node.endpointsOf(room).size()).toList();
    }

    private static int pipelines(String room) {
        return NODES.stream().mapToInt(node -> node.pipelinesOf(room).size()).sum();
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

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
