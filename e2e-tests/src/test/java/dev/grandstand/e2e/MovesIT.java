package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Nodes that are drained under people who watch and who publish: three nodes of two seats, a camera of thirty frames a
 * second.
 */
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

    private static final String REMEMBER_CONNECTION = """
            () => { window.former = window.peers.find(peer => peer.connectionState === 'connected'); }
            """;

    @Test
    void whoeverIsMovedHardlySeesItAndTheNodeIsEmptyInTheEnd() throws Exception {
        try (var nodes = SmallNodes.killable(3, 2, Map.of());
                var browsers = new Browsers();
                var ann = nodes.enter(browsers, ROOM, "Ann", Camera.FLUENT);
                var vera = nodes.enter(browsers, ROOM, "Vera", Venue.AUDIENCE);
                var victor = nodes.enter(browsers, ROOM, "Victor", Venue.AUDIENCE)) {
            vera.awaitSight("Ann", Camera.FLUENT);
            victor.awaitSight("Ann", Camera.FLUENT);
            FrameWitness.watch(victor.page());
            FrameWitness.watch(vera.page());
            victor.awaitFramesOf("Ann", 15);

            for (var visitor : List.of(ann, vera, victor)) {
                visitor.page().evaluate(REMEMBER_BREAKS);
                // To draw a large window takes a machine without a graphics card as much as all the rest.
                visitor.page().setViewportSize(640, 400);
            }

            var moving = new ArrayList<Double>();
            var untold = new ArrayList<Double>();
            var sitting = new ArrayList<Double>();
            for (int i = 0; i < MOVES; i++) {
                // Victor sits on an edge: it is drained, and used again once it is empty.
                var from = nodes.operators().edges(ROOM).getFirst();
                var ordered = System.currentTimeMillis();
                victor.page().evaluate(REMEMBER_CONNECTION);
                nodes.operators().drain(from);
                awaitMoved(victor);
                moving.add(FrameWitness.longestGap(victor.page(), ordered));
                untold.add(FrameWitness.longestUntold(victor.page(), ordered));
                sitting.add(sit(victor, Duration.ofMillis(System.currentTimeMillis() - ordered)));
                awaitEmpty(nodes, from);
                nodes.operators().useAgain(from);
            }
            System.out.printf(
                    "moves: Victor's longest times without a frame, of %d moves: %s ms; in as long after each: %s ms;"
                            + " without his page being told of one: %s ms%n",
                    MOVES, sorted(moving), sorted(sitting), sorted(untold));
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
                assertThat(viewer.pictureOf("Ann").shows(Camera.FLUENT)).isTrue();
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

    /** Until the connection to the former node is closed, which is the last that a page does. */
    private static void awaitMoved(Visitor victor) {
        victor.page()
                .waitForFunction(
                        "() => window.former.connectionState === 'closed'",
                        null,
                        new Page.WaitForFunctionOptions().setPollingInterval(100));
    }

    /** What the machine makes of a picture that nobody touches. */
    private static double sit(Visitor victor, Duration time) {
        var began = System.currentTimeMillis();
        victor.watchFor(time);
        return FrameWitness.longestGap(victor.page(), began);
    }

    private static List<Long> sorted(List<Double> gaps) {
        return gaps.stream().sorted().map(Math::round).toList();
    }

    private static void awaitEmpty(SmallNodes nodes, String node) {
        Visitor.await(node + " to be empty").until(() -> nodes.pipelinesOn(node) == 0);
    }
}
