package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a viewer without a browser costs beside one in a headless Chromium, and whether both tell the same of the same
 * stream. One Chromium presents. Another watches, beside one viewer without a browser, and their figures are compared; then
 * an agent in a process of its own has a few dozen viewers watch.
 */
final class AgentBench implements Benchmark {

    private static final int SECONDS = 15;
    private static final int SETTLE_SECONDS = 6;
    private static final int VIEWERS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double TARGET_RATIO = 50;
    private static final RoomId ROOM = new RoomId("bench-agent");

    /** What came so far. */
    private record Seen(double frames, double bytes, double lost, double jitterMs) {

        static Seen byBrowser(Page page) {
            @SuppressWarnings("unchecked")
            var found = (Map<String, Object>) page.evaluate(Scripts.RECEIVED);
            return new Seen(
                    number(found.get("frames")),
                    number(found.get("bytes")),
                    number(found.get("lost")),
                    number(found.get("jitter")) * 1_000);
        }

        static Seen byAgent(Viewer viewer) {
            var figures = viewer.figures();
            return new Seen(
                    figures.picture().decoded(),
                    figures.bytes(),
                    figures.packetsLost(),
                    figures.jitter().toNanos() / 1e6);
        }

        private static double number(Object value) {
            return ((Number) value).doubleValue();
        }
    }

    private record Cost(double cpuPercent, double mebibytes) {}

    @Override
    public Report run(Settings settings) throws Exception {
        int seconds = settings.secondsOr(SECONDS);
        int viewers = settings.sizeOr(VIEWERS);
        var report = new Report("agent").parameter("seconds", seconds).parameter("viewers", viewers);
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(settings, folder.path(), Map.of());
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var presenter = BenchBrowser.launch(playwright, folder.path())) {
            open(presenter, system, "Ann", "live")
                    .waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
            var chromium = chromium(report, system, playwright, folder, seconds);
            var agent = agent(settings, system, viewers, seconds);
            report.add(Figure.lower("chrome_cpu_percent", chromium.cpuPercent, "% of a core"));
            report.add(Figure.lower("agent_cpu_percent", agent.cpuPercent / viewers, "% of a core"));
            report.add(Figure.higher("chrome_over_agent_cpu", chromium.cpuPercent / agent.cpuPercent * viewers, "times")
                    .target(TARGET_RATIO));
            report.add(Figure.lower("chrome_memory", chromium.mebibytes, "MiB"));
            report.add(Figure.lower("agent_memory", agent.mebibytes / viewers, "MiB"));
            report.add(
                    Figure.higher("chrome_over_agent_memory", chromium.mebibytes / agent.mebibytes * viewers, "times"));
        }
        return report;
    }

    private static Page open(Browser browser, RunningSystem system, String name, String auto) {
        var page = browser.newPage();
        page.navigate(system.page("/room/" + ROOM + "?name=" + name + "&auto=" + auto));
        return page;
    }

    /** A browser that watches, measured after its page has settled, and held against an agent's viewer. */
    private static Cost chromium(
            Report report, RunningSystem system, Playwright playwright, FreshFolder folder, int seconds)
            throws Exception {
        var processes = ProcessGroup.newFromNowOn();
        var vertx = Vertx.vertx();
        try (var browser = BenchBrowser.launch(playwright, folder.path());
                var agent = LoadAgent.on(vertx)) {
            var page = open(browser, system, "Bob", "view");
            page.waitForFunction("() => document.querySelector('video')?.currentTime > 0.5");
            var viewer = Waiting.get(agent.view(system.socket(), ROOM, new DisplayName("Cid")));
            Waiting.until("a picture", PATIENCE, () -> viewer.figures().frames() > 0);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            var browserBefore = Seen.byBrowser(page);
            var agentBefore = Seen.byAgent(viewer);
            long cpuBefore = processes.cpuNanos();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = System.nanoTime() - began;
            double cpu = processes.cpuNanos() - cpuBefore;
            compare(report, browserBefore, Seen.byBrowser(page), agentBefore, Seen.byAgent(viewer), elapsed / 1e9);
            var cost = new Cost(100 * cpu / elapsed, processes.proportionalMebibytes());
            Waiting.get(viewer.close());
            return cost;
        } finally {
            Waiting.get(vertx.close());
        }
    }

    /** Calibration: what both say of the same seconds of the same stream. */
    private static void compare(
            Report report, Seen browserBefore, Seen browser, Seen agentBefore, Seen agent, double seconds) {
        differ(
                report,
                "frames_per_second",
                "1/s",
                (browser.frames - browserBefore.frames) / seconds,
                (agent.frames - agentBefore.frames) / seconds);
        differ(
                report,
                "kilobits_per_second",
                "kbit/s",
                (browser.bytes - browserBefore.bytes) * 8 / 1e3 / seconds,
                (agent.bytes - agentBefore.bytes) * 8 / 1e3 / seconds);
        differ(report, "packets_lost", "packets", browser.lost - browserBefore.lost, agent.lost - agentBefore.lost);
        differ(report, "jitter", "ms", browser.jitterMs, agent.jitterMs);
    }

    private static void differ(Report report, String what, String unit, double browser, double agent) {
        report.add(Figure.higher("chrome_" + what, browser, unit));
        report.add(Figure.higher("agent_" + what, agent, unit));
        report.add(Figure.lower("difference_" + what, Math.abs(browser - agent), unit));
    }

    private static Cost agent(Settings settings, RunningSystem system, int viewers, int seconds) throws Exception {
        var command = new ArrayList<>(List.of(
                Spawned.java(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                settings.home().resolve("load-agent/target/load-agent.jar").toString()));
        command.addAll(List.of("--url", system.socket().toString(), "--room", ROOM.toString()));
        command.addAll(List.of("--presenters", "0", "--viewers", String.valueOf(viewers), "--ramp", "25/s"));
        command.addAll(List.of("--seconds", String.valueOf(2 * SETTLE_SECONDS + seconds)));
        command.addAll(List.of(
                "--report", settings.home().resolve("target/bench/agent-report").toString()));
        var process = RunningSystem.spawn(settings, "load-agent", command, Map.of());
        try (var spawned = new Spawned("load-agent", process)) {
            TimeUnit.SECONDS.sleep(viewers / 25 + 2 * SETTLE_SECONDS);
            double cpuBefore = spawned.cpuSeconds();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = (System.nanoTime() - began) / 1e9;
            return new Cost(
                    100 * (spawned.cpuSeconds() - cpuBefore) / elapsed, Machine.proportionalMebibytes(process.pid()));
        }
    }
}
