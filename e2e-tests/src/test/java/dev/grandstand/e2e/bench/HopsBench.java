package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What every node more between a presenter and a viewer costs: three relays in processes of their own, of two seats each, of
 * which each feeds one other. Delay of marked frames at the origin, behind one link, and behind two; and the time from asking
 * for a keyframe at the far end to having one, which the presenter made.
 */
final class HopsBench implements Benchmark {

    private static final int SECONDS = 20;
    private static final int REQUESTS = 20;
    private static final int RELAYS = 3;
    private static final int SEATS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RoomId ROOM = new RoomId("bench-hops");

    /** So that a request is not one of those that the relays merge. */
    private static final int BETWEEN_REQUESTS_MILLIS = 1_500;

    private static final double TARGET_HOP_MS = 15;
    private static final double TARGET_KEYFRAME_MS = 500;

    @Override
    public Report run(Settings settings) throws Exception {
        int seconds = settings.secondsOr(SECONDS);
        int requests = settings.sizeOr(REQUESTS);
        var report = new Report("hops").parameter("seconds", seconds).parameter("keyframe_requests", requests);
        var vertx = Vertx.vertx();
        var relays = new ArrayList<RelayProcess>();
        try (var folder = FreshFolder.fresh();
                var agent = LoadAgent.on(vertx)) {
            for (int i = 0; i < RELAYS; i++) {
                relays.add(RelayProcess.start(settings));
            }
            try (var system = RunningSystem.start(
                    settings,
                    folder.path(),
                    Map.of(
                            "GRANDSTAND_MEDIA_NODES",
                            relays.stream().map(one -> one.uri().toString()).collect(Collectors.joining(",")),
                            "GRANDSTAND_SEATS_PER_NODE",
                            String.valueOf(SEATS),
                            "GRANDSTAND_EDGES_PER_NODE",
                            "1"))) {
                Waiting.get(agent.publish(system.socket(), ROOM, new DisplayName("Ann"), PictureShape.SMALL));
                // The first sits with the presenter, the next two behind one link, the last behind two.
                var viewers = new ArrayList<Viewer>();
                for (int i = 0; i < 2 * SEATS; i++) {
                    var viewer = Waiting.get(agent.view(system.socket(), ROOM, new DisplayName("Viewer " + i)));
                    Waiting.until(
                            "viewer " + i + " has a picture",
                            PATIENCE,
                            () -> viewer.figures().keyframes() > 0);
                    viewers.add(viewer);
                }
                TimeUnit.SECONDS.sleep(seconds);
                report(report, List.of(viewers.get(0), viewers.get(1), viewers.get(3)));
                report(report, keyframes(viewers.get(3), requests));
            }
        } finally {
            relays.forEach(RelayProcess::close);
            Waiting.get(vertx.close());
        }
        return report;
    }

    private static void report(Report report, List<Viewer> byHops) {
        var medians = new ArrayList<Double>();
        for (int hops = 0; hops < byHops.size(); hops++) {
            var figures = byHops.get(hops).figures();
            double median = figures.delayMedian().toNanos() / 1e6;
            medians.add(median);
            report.add(Figure.lower("delay_p50_ms_links_" + hops, median, "ms"));
            report.add(Figure.lower(
                    "delay_p99_ms_links_" + hops, figures.delayP99().toNanos() / 1e6, "ms"));
            report.add(Figure.lower("packets_lost_links_" + hops, figures.packetsLost(), "packets"));
        }
        report.add(Figure.lower(
                        "added_delay_per_link_ms", (medians.getLast() - medians.getFirst()) / (byHops.size() - 1), "ms")
                .target(TARGET_HOP_MS));
    }

    private static void report(Report report, Samples keyframes) {
        report.add(Figure.lower("keyframe_over_two_links_p50_ms", keyframes.median(), "ms"))
                .add(Figure.lower("keyframe_over_two_links_max_ms", keyframes.percentile(100), "ms")
                        .target(TARGET_KEYFRAME_MS));
    }

    private static Samples keyframes(Viewer viewer, int requests) throws InterruptedException {
        var samples = new Samples();
        for (int i = 0; i < requests; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_REQUESTS_MILLIS);
            long before = viewer.figures().keyframes();
            long asked = System.nanoTime();
            viewer.requestKeyframe();
            while (viewer.figures().keyframes() == before) {
                if (System.nanoTime() - asked > PATIENCE.toNanos()) {
                    throw new IllegalStateException("no keyframe came within " + PATIENCE);
                }
                LockSupport.parkNanos(500_000);
            }
            samples.addMillisSince(asked);
        }
        return samples;
    }
}
