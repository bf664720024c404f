package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.grandstand.e2e.FrameWitness;
import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.MediaNodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kills (SIGKILL) the media relay that carries a presenter and five viewers in Chromium, again and again: from the kill to
 * the first frame that each viewer sees again. The room goes on at the other of two relays, and what was killed is started
 * again. Every service is a process of its own.
 */
final class FailoverBench implements Benchmark {

    private static final int KILLS = 30;
    private static final int VIEWERS = 5;
    private static final String ROOM = "failover";
    private static final Duration ON_AIR_LIMIT = Duration.ofSeconds(30);
    private static final int SETTLED_MILLIS = 1_500;
    private static final double TARGET_P50_MILLIS = 1_500;
    private static final double TARGET_P99_MILLIS = 3_000;

    private final Samples again = new Samples();

    @Override
    public Report run(Settings settings) throws Exception {
        int kills = settings.sizeOr(KILLS);
        try (var folder = FreshFolder.fresh();
                var cluster = Cluster.start("failover", plan());
                var first = new MediaNodeView(cluster.mediaNodes().get(0));
                var second = new MediaNodeView(cluster.mediaNodes().get(1));
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var presenter = BenchBrowser.launch(playwright, folder.path());
                var audience = BenchBrowser.launch(playwright, folder.path())) {
            var stage = presenter.newPage();
            stage.navigate(cluster.pages(0) + "/room/" + ROOM + "?name=Ann&auto=live");
            stage.waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
            var viewers = new ArrayList<Page>();
            for (int i = 0; i < VIEWERS; i++) {
                viewers.add(viewer(audience.newContext().newPage(), cluster, i));
            }
            var nodes = List.of(first, second);
            for (int i = 0; i < kills; i++) {
                kill(cluster, nodes, viewers);
            }
        }
        return new Report("failover")
                .parameter("kills", kills)
                .parameter("viewers", VIEWERS)
                .add(Figure.lower("frames_again_p50_ms", again.median(), "ms").target(TARGET_P50_MILLIS))
                .add(Figure.lower("frames_again_p99_ms", again.percentile(99), "ms")
                        .target(TARGET_P99_MILLIS))
                .add(Figure.lower("frames_again_max_ms", again.percentile(100), "ms"));
    }

    private static ClusterPlan plan() {
        return ClusterPlan.single().withRelays(2);
    }

    private static Page viewer(Page page, Cluster cluster, int index) {
        page.navigate(cluster.pages(0) + "/room/" + ROOM + "?name=Viewer" + index + "&auto=view");
        FrameWitness.watch(page);
        page.waitForFunction("() => window.shownAt.length > 30");
        return page;
    }

    private void kill(Cluster cluster, List<MediaNodeView> nodes, List<Page> viewers) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
        int victim = nodes.getFirst().pipelinesOf(ROOM).isEmpty() ? 1 : 0;
        var killedAt = System.currentTimeMillis();
        cluster.relays().get(victim).kill();
        for (var viewer : viewers) {
            again.add(FrameWitness.framesAgain(viewer, killedAt));
        }
        cluster.relays().get(victim).start().awaitReady();
        // The allocator looks at it every two seconds, and gives it rooms from then on.
        Waiting.until("both relays serve", ON_AIR_LIMIT, () -> serving(cluster) == 2);
    }

    private static int serving(Cluster cluster) {
        var page = Waiting.text(cluster.allocatorService().resolve("/fleet"));
        return page.split("\"answering\":true", -1).length - 1;
    }
}
