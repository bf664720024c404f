package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that are drained under people who watch and who publish: three nodes of two seats. */
class MovesIT {

    private static final String ROOM = "moves";
    private static final int MOVES = 3;

    @Test
    void whoeverIsMovedHardlySeesItAndTheNodeIsEmptyInTheEnd() throws Exception {
        try (var nodes = new SmallNodes(3, 2, Map.of());
                var browsers = new Browsers();
                var ann = nodes.enter(browsers, ROOM, "Ann", Camera.RED);
                var vera = nodes.enter(browsers, ROOM, "Vera", Venue.AUDIENCE);
                var victor = nodes.enter(browsers, ROOM, "Victor", Venue.AUDIENCE)) {
            vera.awaitSight("Ann", Camera.RED);
            victor.awaitSight("Ann", Camera.RED);
            FrameWitness.watch(victor.page());
            FrameWitness.watch(vera.page());
            victor.awaitFramesOf("Ann", 15);

            for (int i = 0; i < MOVES; i++) {
                move(nodes, victor);
            }
            assertThat(victor.people()).containsExactlyInAnyOrder("Ann", "Vera", "Victor");
            assertThat(victor.downloads()).isOne();
            assertThat(victor.page().evaluate("""
                            () => [...document.querySelectorAll('[data-testid=tile] video')].map(video => video.volume)
                            """))
                    .as("what was faded is as loud as before")
                    .isEqualTo(List.of(1));

            var origin = nodes.operators().origin(ROOM);
            var ordered = System.currentTimeMillis();
            nodes.operators().drain(origin);
            awaitEmpty(nodes, origin);
            for (var viewer : List.of(vera, victor)) {
                viewer.awaitFramesOf("Ann", 15);
                assertThat(viewer.pictureOf("Ann").shows(Camera.RED)).isTrue();
                System.out.printf(
                        "moves: when the presenter was moved, %s saw no frame for %.0f ms%n",
                        viewer.name(), FrameWitness.longestGap(viewer.page(), ordered));
            }
            assertThat(ann.uploads()).isOne();
            assertThat(vera.people()).containsExactlyInAnyOrder("Ann", "Vera", "Victor");
        }
    }

    /** Victor sits on an edge: it is drained, and used again once it is empty. */
    private static void move(SmallNodes nodes, Visitor victor) {
        var from = nodes.operators().edges(ROOM).getFirst();
        var ordered = System.currentTimeMillis();
        nodes.operators().drain(from);
        awaitEmpty(nodes, from);
        victor.awaitFramesOf("Ann", 15);
        System.out.printf(
                "moves: Victor's longest time without a frame: %.0f ms%n",
                FrameWitness.longestGap(victor.page(), ordered));
        nodes.operators().useAgain(from);
    }

    private static void awaitEmpty(SmallNodes nodes, String node) {
        Visitor.await(node + " to be empty").until(() -> nodes.pipelinesOn(node) == 0);
    }
}
