package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that are drained under people who watch and who publish: three nodes of two seats. */
class MovesIT {

    private static final String ROOM = "moves";
    private static final int MOVES = Boolean.parseBoolean(System.getenv("GRANDSTAND_TEST_LONG")) ? 30 : 5;

    /** What would be a break: what is watched or published moves without any of it. */
    private static final String REMEMBER_BREAKS = """
            () => {
              window.breaks = [];
              for (const type of ['streamStopped', 'streamStarted', 'mediaLost']) {
                window.grandstand.client.on(type, () => window.breaks.push(type));
              }
              window.grandstand.client.on('publication', ({ state }) => window.breaks.push(`publication ${state}`));
            }
            """;

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

            for (var visitor : List.of(ann, vera, victor)) {
                visitor.page().evaluate(REMEMBER_BREAKS);
            }

            var moving = new ArrayList<Double>();
            var sitting = new ArrayList<Double>();
            for (int i = 0; i < MOVES; i++) {
                moving.add(move(nodes, victor));
                sitting.add(sit(victor));
            }
            System.out.printf(
                    "moves: Victor's longest times without a frame, of %d moves: %s ms; between them: %s ms%n",
                    MOVES, sorted(moving), sorted(sitting));
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
            Visitor.await("Ann to send once again").until(() -> ann.uploads() == 1);
            for (var visitor : List.of(ann, vera, victor)) {
                assertThat(visitor.page().evaluate("() => window.breaks"))
                        .as("what broke for " + visitor.name())
                        .isEqualTo(List.of());
            }
            assertThat(vera.people()).containsExactlyInAnyOrder("Ann", "Vera", "Victor");
        }
    }

    /** Victor sits on an edge: it is drained, and used again once it is empty. */
    private static double move(SmallNodes nodes, Visitor victor) {
        var from = nodes.operators().edges(ROOM).getFirst();
        var ordered = System.currentTimeMillis();
        nodes.operators().drain(from);
        awaitEmpty(nodes, from);
        victor.awaitFramesOf("Ann", 15);
        nodes.operators().useAgain(from);
        return FrameWitness.longestGap(victor.page(), ordered);
    }

    /** What the machine makes of a picture that nobody touches. */
    private static double sit(Visitor victor) {
        var began = System.currentTimeMillis();
        victor.awaitFramesOf("Ann", 30);
        return FrameWitness.longestGap(victor.page(), began);
    }

    private static List<Long> sorted(List<Double> gaps) {
        return gaps.stream().sorted().map(Math::round).toList();
    }

    private static void awaitEmpty(SmallNodes nodes, String node) {
        Visitor.await(node + " to be empty").until(() -> nodes.pipelinesOn(node) == 0);
    }
}
