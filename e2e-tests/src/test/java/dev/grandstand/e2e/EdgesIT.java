package dev.grandstand.e2e;

import static dev.grandstand.e2e.SmallNodes.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rooms that outgrow a media node: three relays of two seats each, every one of which may feed one other. */
class EdgesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static SmallNodes nodes;
    private static LoadAgent agent;

    @BeforeAll
    static void start() throws Exception {
        nodes = new SmallNodes(3, 2, Map.of());
        agent = LoadAgent.on(nodes.vertx());
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
        nodes.close();
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
        assertThat(nodes.endpoints("tree")).containsExactlyInAnyOrder(3, 4, 3);
        for (var viewer : viewers) {
            assertThat(viewer.figures().packetsLost()).isZero();
            get(viewer.close());
        }
        await().atMost(PATIENCE)
                .until(() -> nodes.endpoints("tree").stream().mapToInt(n -> n).sum() == 1);
        await().atMost(PATIENCE).until(() -> nodes.pipelines("tree") == 1);
        get(publisher.close());
    }

    @Test
    void whoeverPublishesOnAnEdgeIsSeenOnTheOrigin() throws Exception {
        var first = publisher("stage");
        var onOrigin = viewer("stage", "Olga");
        var second = publisher("stage");
        awaitStreams(onOrigin, 2);

        assertThat(nodes.pipelines("stage")).isEqualTo(2);
        get(second.close());
        awaitStreams(onOrigin, 1);
        get(first.close());
        get(onOrigin.close());
        await().atMost(PATIENCE).until(() -> nodes.pipelines("stage") == 0);
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

    private static Publisher publisher(String room) throws Exception {
        return get(agent.publish(nodes.socket(), new RoomId(room), new DisplayName("Ann"), PictureShape.SMALL));
    }

    private static Viewer viewer(String room, String name) throws Exception {
        return get(agent.view(nodes.socket(), new RoomId(room), new DisplayName(name)));
    }
}
