package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.grandstand.e2e.FrameWitness;
import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.MediaNodeView;
import dev.grandstand.e2e.cluster.RelayArchive;
import dev.grandstand.e2e.cluster.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kills (SIGKILL) the media relay that carries a presenter and five viewers in Chromium, again and again: from the kill to
 * the first frame that each viewer sees again, and to each step on the way there. The room goes on at another of three relays,
 * and what was killed is started again. Every service is a process of its own.
 */
final class FailoverBench implements Benchmark {

    private static final int KILLS = 30;
    private static final int VIEWERS = 5;

    /** One carries the room, one takes it over, and one may still be starting. */
    private static final int RELAYS = 3;

    private static final String ROOM = "failover";
    private static final Duration ON_AIR_LIMIT = Duration.ofSeconds(30);
    private static final Duration REST_LIMIT = Duration.ofSeconds(30);
    private static final int REST_MILLIS = 500;

    /** Of a core; a relay that carries the room takes less. */
    private static final double AT_REST = 0.12;

    private static final double TARGET_P50_MILLIS = 1_500;
    private static final double TARGET_P99_MILLIS = 3_000;

    private final Samples again = new Samples();
    private final RepairSteps steps = new RepairSteps();
    /** Relays that had not come to rest before a kill. */
    private int restless;

    @Override
    public Report run(Settings settings) throws Exception {
        int kills = settings.sizeOr(KILLS);
        try (var folder = FreshFolder.fresh();
                var cluster = Cluster.start("failover", plan(folder.path()));
                var first = new MediaNodeView(cluster.mediaNodes().get(0));
                var second = new MediaNodeView(cluster.mediaNodes().get(1));
                var third = new MediaNodeView(cluster.mediaNodes().get(2));
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var presenter = BenchBrowser.launch(playwright, folder.path());
                var audience = BenchBrowser.launch(playwright, folder.path())) {
            var nodes = List.of(first, second, third);
            // What it takes to look at a node is loaded now, and not in the middle of what is measured.
            nodes.forEach(MediaNodeView::awaitAnswer);
            var stage = BenchBrowser.smallPage(presenter);
            stage.navigate(cluster.pages(0) + "/room/" + ROOM + "?name=Ann&auto=live");
            stage.waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
            RepairSteps.watch(stage);
            var viewers = new ArrayList<Page>();
            for (int i = 0; i < VIEWERS; i++) {
                viewers.add(viewer(BenchBrowser.smallPage(audience), cluster, i));
            }
            for (int i = 0; i < kills; i++) {
                kill(cluster, nodes, stage, viewers);
            }
        }
        var report = new Report("failover")
                .parameter("kills", kills)
                .parameter("viewers", VIEWERS)
                .add(Figure.lower("frames_again_p50_ms", again.median(), "ms").target(TARGET_P50_MILLIS))
                .add(Figure.lower("frames_again_p99_ms", again.percentile(99), "ms")
                        .target(TARGET_P99_MILLIS))
                .add(Figure.lower("frames_again_max_ms", again.percentile(100), "ms"))
                .add(Figure.lower("relays_without_rest", restless, "relays"));
        steps.tell(report);
        return report;
    }

    /** Relays start as their image does, with an archive of what a room needs of them. */
    private static ClusterPlan plan(Path folder) {
        var plan = ClusterPlan.single().withRelays(RELAYS);
        return plan.withRelayJvm(RelayArchive.train(folder, plan.serviceJvm()));
    }

    private static Page viewer(Page page, Cluster cluster, int index) {
        page.navigate(cluster.pages(0) + "/room/" + ROOM + "?name=Viewer" + index + "&auto=view");
        FrameWitness.watch(page);
        RepairSteps.watch(page);
        page.waitForFunction("() => window.shownAt.length > 30");
        return page;
    }

    private void kill(Cluster cluster, List<MediaNodeView> nodes, Page stage, List<Page> viewers)
            throws InterruptedException {
        for (var relay : cluster.relays()) {
            awaitRest(relay);
        }
        // The allocator has to have seen where the room can go.
        Waiting.until("a relay to go to", ON_AIR_LIMIT, () -> serving(cluster) >= 2);
        nodes.forEach(MediaNodeView::awaitAnswer);
        int victim = carrier(nodes);
        var killedAt = System.currentTimeMillis();
        cluster.relays().get(victim).kill();
        for (var viewer : viewers) {
            var after = FrameWitness.framesAgain(viewer, killedAt);
            again.add(after);
            steps.ended("frames_again", after);
        }
        steps.add(stage, killedAt);
        viewers.forEach(viewer -> steps.add(viewer, killedAt));
        System.err.println("  " + steps.ofThisKill());
        cluster.relays().get(victim).start().awaitReady();
    }

    private static int carrier(List<MediaNodeView> nodes) throws InterruptedException {
        var carriers = new ArrayList<Integer>();
        Waiting.until("a relay that carries the room", ON_AIR_LIMIT, () -> {
            for (int i = 0; i < nodes.size(); i++) {
                if (!nodes.get(i).pipelinesOf(ROOM).isEmpty()) {
                    carriers.add(i);
                }
            }
            return !carriers.isEmpty();
        });
        return carriers.getFirst();
    }

    /**
     * A process that was started compiles itself for seconds. Where a node fails no other begins beside the browsers, so
     * that is not to be measured; where it has to be, because the machine is too slow, the report says so.
     */
    private void awaitRest(ServiceProcess started) throws InterruptedException {
        var deadline = System.nanoTime() + REST_LIMIT.toNanos();
        var process = ProcessHandle.of(started.pid()).orElseThrow();
        while (System.nanoTime() < deadline) {
            var before = cpu(process);
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            if (cpu(process).minus(before).toMillis() <= AT_REST * REST_MILLIS) {
                return;
            }
        }
        restless++;
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static int serving(Cluster cluster) {
        var page = Waiting.text(cluster.allocatorService().resolve("/fleet"));
        return page.split("\"answering\":true", -1).length - 1;
    }
}
