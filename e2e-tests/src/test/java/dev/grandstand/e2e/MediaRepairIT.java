package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterLogs;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.MediaNodeView;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A media node that dies takes pictures with it, for a moment: its room goes on at another node by itself. */
class MediaRepairIT {

    private static final String ROOM = "repair";
    private static final int KILLS = 2;

    private @Nullable Cluster cluster;

    @RegisterExtension
    final ClusterLogs logs = new ClusterLogs(() -> cluster);

    @Test
    void whoPublishesAndWhoWatchesGoOnAtAnotherNode() throws Exception {
        try (var running = Cluster.start("repair", ClusterPlan.standard().withRelays(2));
                var first = new MediaNodeView(running.mediaNodes().get(0));
                var second = new MediaNodeView(running.mediaNodes().get(1));
                var browsers = new Browsers();
                var ann = enter(browsers.with(Camera.RED), running, "Ann", "live");
                var vera = enter(browsers.with(Venue.AUDIENCE), running, "Vera", "view");
                var victor = enter(browsers.with(Venue.AUDIENCE), running, "Victor", "view")) {
            cluster = running;
            var nodes = List.of(first, second);
            var viewers = List.of(vera, victor);
            ann.awaitOnAir();
            for (var viewer : viewers) {
                viewer.awaitSight("Ann", Camera.RED);
                FrameWitness.watch(viewer.page());
            }
            for (int i = 0; i < KILLS; i++) {
                viewers.forEach(viewer -> viewer.awaitFramesOf("Ann", 20));
                var lost = where(nodes);
                var killedAt = System.currentTimeMillis();
                running.relays().get(lost).kill();
                for (var viewer : viewers) {
                    System.out.printf(
                            "repair: %s sees frames again after %.0f ms%n",
                            viewer.name(), FrameWitness.framesAgain(viewer.page(), killedAt));
                    assertThat(viewer.pictureOf("Ann").shows(Camera.RED)).isTrue();
                }
                running.relays().get(lost).start().awaitReady();
                nodes.get(lost).awaitAnswer();
                var alive = nodes.get(1 - lost);
                Visitor.await("nothing but the three connections")
                        .until(() -> alive.endpointsOf(ROOM).size() == 3
                                && nodes.get(lost).pipelines().isEmpty());
                assertThat(alive.pipelinesOf(ROOM)).hasSize(1);
            }
            assertThat(vera.people()).containsExactlyInAnyOrder("Ann", "Vera", "Victor");
        }
    }

    private static int where(List<MediaNodeView> nodes) {
        return IntStream.range(0, nodes.size())
                .filter(node -> !nodes.get(node).pipelinesOf(ROOM).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Visitor enter(Browser browser, Cluster cluster, String name, String auto) {
        var visitor = new Visitor(browser.newContext(), name);
        visitor.page().navigate(cluster.pages(0) + "/room/" + ROOM + "?name=" + name + "&auto=" + auto);
        visitor.awaitJoined();
        return visitor;
    }
}
