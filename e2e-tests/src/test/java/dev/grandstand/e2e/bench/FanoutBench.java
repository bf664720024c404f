package dev.grandstand.e2e.bench;

import dev.grandstand.e2e.bench.Separately.Program;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One room whose chat goes to everybody: how soon at an ordinary pace, and how many deliveries a second a core of the
 * signaling process makes at best. The limit is Vert.x alone that writes each message as a frame of its own to as many
 * sockets; what coalescing wins is the difference.
 */
final class FanoutBench implements Benchmark {

    private static final int SOCKETS = 10_000;
    private static final int SECONDS = 15;
    private static final int STEP_SECONDS = 6;
    private static final int SETTLE_SECONDS = 3;

    /** Nobody may say more than five things a second. */
    private static final int SPEAKERS = 2_000;

    private static final int ORDINARY_PACE = 20;
    private static final int[] PACES = {50, 100, 200, 400, 800, 1_600};
    private static final int[] BARE_PACES = {5, 10, 20, 40};
    private static final double DELIVERED_AT_LEAST = 0.7;
    private static final double TARGET_PER_CORE = 500_000;
    private static final double TARGET_RATIO = 3;
    private static final double TARGET_P99_MILLIS = 250;

    /** What one pace led to. */
    private record Step(double perSecond, double perCore, double cores, double share, double p50, double p99) {}

    @Override
    public Report run(Settings settings) throws Exception {
        int sockets = settings.sizeOr(SOCKETS);
        int seconds = settings.secondsOr(SECONDS);
        var report = new Report("fanout").parameter("sockets", sockets).parameter("seconds", seconds);
        Step ordinary;
        var best = new Step(0, 0, 0, 0, 0, 0);
        double bestPace = 0;
        try (var system = Separately.start(settings)) {
            system.start(Program.ROOM, Map.of());
            system.start(Program.CHAT, Map.of());
            var signaling = system.start(
                    Program.SIGNALING,
                    Map.of(
                            "GRANDSTAND_CONNECTIONS_PER_ADDRESS", "unlimited",
                            "GRANDSTAND_JOINS_PER_ADDRESS", "unlimited",
                            "GRANDSTAND_MAX_SESSIONS", "1000000"));
            var audience = new Audience(
                    number -> "{\"type\":\"join\",\"id\":1,\"room\":\"bench-fanout\",\"name\":\"Visitor " + number
                            + "\"}",
                    SPEAKERS);
            try (var swarm = audience.at(system.port(signaling))) {
                long began = System.nanoTime();
                audience.gather(sockets, Duration.ofSeconds(150));
                report.add(Figure.higher("gathered_per_s", sockets * 1e9 / (System.nanoTime() - began), "1/s"));
                // Processes that have only just started spend more on compiling than on chat.
                audience.pace(ORDINARY_PACE);
                system.letCompile(TimeUnit.SECONDS::sleep);
                ordinary = step(audience, signaling, ORDINARY_PACE, sockets, seconds);
                for (int pace : PACES) {
                    var step = step(audience, signaling, pace, sockets, STEP_SECONDS);
                    if (step.perCore > best.perCore) {
                        best = step;
                        bestPace = pace;
                    }
                    if (step.share < DELIVERED_AT_LEAST) {
                        break;
                    }
                }
                report.add(Figure.lower("requests_refused", audience.retries(), "requests"));
                report.add(Figure.lower("sockets_lost", audience.lost(), "sockets"));
                swarm.isWell();
            }
        }
        var bare = bare(settings, sockets);
        return report.add(Figure.lower("delivery_p99_ms", ordinary.p99, "ms").target(TARGET_P99_MILLIS))
                .add(Figure.lower("delivery_p50_ms", ordinary.p50, "ms"))
                .add(Figure.lower("cpu_percent_at_20_a_second", ordinary.cores * 100, "% of a core"))
                .add(Figure.higher("deliveries_per_s_per_core", best.perCore, "1/s")
                        .limit(bare.perCore)
                        .target(TARGET_PER_CORE))
                .add(Figure.higher("of_bare_ratio", best.perCore / bare.perCore, "")
                        .target(TARGET_RATIO))
                .add(Figure.higher("best_messages_per_s", bestPace, "1/s"))
                .add(Figure.higher("best_deliveries_per_s", best.perSecond, "1/s")
                        .limit(bare.perSecond))
                .add(Figure.higher("best_delivered_share", best.share, ""))
                .add(Figure.lower("best_p99_ms", best.p99, "ms"));
    }

    private static Step bare(Settings settings, int sockets) throws Exception {
        var best = new Step(0, 0, 0, 0, 0, 0);
        try (var system = Separately.start(settings)) {
            var server = system.startBare(Runtime.getRuntime().availableProcessors());
            var audience = new Audience(null, SPEAKERS);
            try (var swarm = audience.at(system.port(server))) {
                audience.gather(sockets, Duration.ofSeconds(60));
                for (int pace : BARE_PACES) {
                    var step = step(audience, server, pace, sockets, STEP_SECONDS);
                    if (step.perCore > best.perCore) {
                        best = step;
                    }
                    if (step.share < DELIVERED_AT_LEAST) {
                        break;
                    }
                }
                swarm.isWell();
            }
        }
        return best;
    }

    private static Step step(Audience audience, Spawned server, int pace, int sockets, int seconds) throws Exception {
        audience.pace(pace);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        var before = audience.take();
        double cpuBefore = server.cpuSeconds();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        var after = audience.take();
        double cpu = server.cpuSeconds() - cpuBefore;
        double elapsed = (System.nanoTime() - began) / 1e9;
        double delivered = after.messages() - before.messages();
        audience.pace(0);
        var step = new Step(
                delivered / elapsed,
                delivered / cpu,
                cpu / elapsed,
                delivered / elapsed / pace / sockets,
                after.latencies().percentile(50),
                after.latencies().percentile(99));
        System.err.printf("  %s at %d/s: %s, %d frames%n", server.name(), pace, step, after.frames() - before.frames());
        // What is still under way must not count for the next pace.
        TimeUnit.SECONDS.sleep(1);
        return step;
    }
}
