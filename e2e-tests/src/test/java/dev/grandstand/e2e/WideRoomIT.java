package dev.grandstand.e2e;

import static dev.grandstand.e2e.SmallNodes.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A room over three nodes in real browsers: origin, edge, and edge of the edge. */
class WideRoomIT {

    private static final Duration WATCHED = Duration.ofSeconds(10);
    private static final int LEAST_FRAMES_PER_SECOND = 10;

    @Test
    void theSamePictureIsSeenOnTheOriginOnAnEdgeAndBehindIt() throws Exception {
        try (var nodes = new SmallNodes(3, 2, Map.of());
                var agent = LoadAgent.on(nodes.vertx());
                var browsers = new Browsers();
                var ann = enter(nodes, browsers, "wide", "Ann", Camera.RED);
                var vera = enter(nodes, browsers, "wide", "Vera", Venue.AUDIENCE);
                var victor = enter(nodes, browsers, "wide", "Victor", Venue.AUDIENCE)) {
            get(agent.view(nodes.socket(), new RoomId("wide"), new DisplayName("Neighbour")));
            try (var viola = enter(nodes, browsers, "wide", "Viola", Venue.AUDIENCE)) {
                var viewers = List.of(vera, victor, viola);
                // Ann, Vera and what leaves; what comes, Victor, his neighbour and what leaves; what comes and Viola.
                assertThat(nodes.endpoints("wide")).containsExactlyInAnyOrder(3, 4, 2);

                framesArrive(viewers);
                for (var viewer : viewers) {
                    Visitor.await(viewer.name() + " hears Ann").until(() -> viewer.loudnessOf("Ann") > 0.01);
                    assertThat(viewer.pictureOf("Ann").shows(Camera.RED)).isTrue();
                }
                assertThat(ann.uploads()).isOne();
                jumpsAcrossNodes(nodes, browsers, vera);
                viola.awaitFramesOf("Ann", LEAST_FRAMES_PER_SECOND);
            }
        }
    }

    private static void framesArrive(List<Visitor> viewers) {
        var before = viewers.stream().map(viewer -> viewer.framesOf("Ann")).toList();
        viewers.getFirst().watchFor(WATCHED);
        for (int i = 0; i < viewers.size(); i++) {
            var viewer = viewers.get(i);
            var perSecond = (double) (viewer.framesOf("Ann") - before.get(i)) / WATCHED.toSeconds();
            System.out.printf("wide room: %s decoded %.1f frames a second%n", viewer.name(), perSecond);
            assertThat(perSecond).isGreaterThanOrEqualTo(LEAST_FRAMES_PER_SECOND);
        }
    }

    /** Her new room is where the last seat was; her own is on the first node, where her old one became free. */
    private static void jumpsAcrossNodes(SmallNodes nodes, Browsers browsers, Visitor vera) {
        try (var bob = enter(nodes, browsers, "next", "Bob", Camera.GREEN)) {
            bob.awaitOnAir();
            vera.jumpTo("next");
            vera.awaitSight("Bob", Camera.GREEN);
            vera.awaitFramesOf("Bob", LEAST_FRAMES_PER_SECOND);
            assertThat(nodes.pipelines("next")).isEqualTo(2);
            assertThat(vera.downloads()).isOne();
        }
    }

    private static Visitor enter(SmallNodes nodes, Browsers browsers, String room, String name, Camera camera) {
        var visitor = nodes.enter(browsers, room, name, camera);
        if (camera == Venue.AUDIENCE) {
            visitor.awaitSight("Ann", Camera.RED);
        }
        return visitor;
    }
}
