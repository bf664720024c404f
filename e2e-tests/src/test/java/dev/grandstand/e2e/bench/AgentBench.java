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
import java.util.function.ToDoubleFunction;

/**
 * What a viewer without a browser costs beside one in a headless Chromium, and whether both tell the same of the same
 * stream. One Chromium presents. Three others watch, beside as many viewers without a browser, and their figures are compared;
 * then one Chromium watches alone, and then an agent in a process of its own has a few dozen viewers watch.
 */
final class AgentBench implements Benchmark {

    private static final int SECONDS = 15;
    private static final int SETTLE_SECONDS = 6;
    private static final int VIEWERS = 50;
    private static final int BROWSERS = 3;

    /** Longer than the relay replays a keyframe, so that each of them needs one of its own. */
    private static final int APART_SECONDS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double TARGET_RATIO = 50;
    private static final RoomId ROOM = new RoomId("bench-agent");

    /**
     * What one of them has seen so far.
     *
     * @param firstPictureMs from dialling to the first frame; of an agent, to its last packet
     * @param bufferedMs what the browser holds frames back on average, to play them evenly; an agent holds nothing back
     */
    private record Seen(
            double frames,
            double bytes,
            double lost,
            double jitterMs,
            double freezes,
            double firstPictureMs,
            double bufferedMs) {

        static Seen byBrowser(Page page) {
            @SuppressWarnings("unchecked")
            var found = (Map<String, Object>) page.evaluate(Scripts.RECEIVED);
            return new Seen(
                    number(found.get("frames")),
                    number(found.get("bytes")),
                    number(found.get("lost")),
                    number(found.get("jitter")) * 1_000,
                    number(found.get("freezes")),
                    number(found.get("firstPictureMs")),
                    number(found.get("bufferedMs")));
        }

        static Seen byAgent(Viewer viewer) {
            var figures = viewer.figures();
            return new Seen(
                    figures.picture().decoded(),
                    figures.bytes(),
                    figures.packetsLost(),
                    figures.jitter().toNanos() / 1e6,
                    figures.picture().freezes(),
                    figures.milestones().firstKeyframe().toNanos() / 1e6,
                    0);
        }

        private static double number(Object value) {
            return ((Number) value).doubleValue();
        }
    }

    /** What all of one kind saw, before and after the same seconds. */
    private record Span(List<Seen> before, List<Seen> after, double seconds) {

        /** How much more of it came to each of them, a second. */
        double rate(ToDoubleFunction<Seen> what) {
            return more(what) / before.size() / seconds;
        }

        double more(ToDoubleFunction<Seen> what) {
            return after.stream().mapToDouble(what).sum()
                    - before.stream().mapToDouble(what).sum();
        }

        double median(ToDoubleFunction<Seen> what) {
            return after.stream().mapToDouble(what).sorted().toArray()[after.size() / 2];
        }
    }

    private record Cost(double cpuPercent, double mebibytes) {}

    @Override
    public Report run(Settings settings) throws Exception {
        int seconds = settings.secondsOr(SECONDS);
        int viewers = settings.sizeOr(VIEWERS);
        var report = new Report("agent")
                .parameter("seconds", seconds)
                .parameter("viewers", viewers)
                .parameter("browsers", BROWSERS);
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(settings, folder.path(), Map.of());
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var presenter = BenchBrowser.launch(playwright, folder.path())) {
            open(presenter, system, "Ann", "live")
                    .waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
            calibrate(report, system, playwright, folder, seconds);
            var chromium = chromium(system, playwright, folder, seconds);
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

    /** A browser that watches alone, measured after its page has settled. */
    private static Cost chromium(RunningSystem system, Playwright playwright, FreshFolder folder, int seconds)
            throws Exception {
        var processes = ProcessGroup.newFromNowOn();
        try (var browser = BenchBrowser.launch(playwright, folder.path())) {
            watching(browser, system, "Bob");
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long cpuBefore = processes.cpuNanos();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = System.nanoTime() - began;
            return new Cost(100.0 * (processes.cpuNanos() - cpuBefore) / elapsed, processes.proportionalMebibytes());
        }
    }

    private static Page watching(Browser browser, RunningSystem system, String name) {
        var page = open(browser, system, name, "view");
        page.waitForFunction("() => document.querySelector('video')?.currentTime > 0.5");
        return page;
    }

    /** What browsers and as many agents say of the same seconds of the same stream. */
    private static void calibrate(
            Report report, RunningSystem system, Playwright playwright, FreshFolder folder, int seconds)
            throws Exception {
        var vertx = Vertx.vertx();
        var browsers = new ArrayList<Browser>();
        try (var agent = LoadAgent.on(vertx)) {
            // An agent's first handshake ever loads the classes for it, which a browser has done before it is one.
            var warm = picture(agent, system, "Warm");
            Waiting.get(warm.close());
            var pages = new ArrayList<Page>();
            var viewers = new ArrayList<Viewer>();
            for (int i = 0; i < BROWSERS; i++) {
                var browser = BenchBrowser.launch(playwright, folder.path());
                browsers.add(browser);
                pages.add(watching(browser, system, "Bob" + i));
                TimeUnit.SECONDS.sleep(APART_SECONDS);
                viewers.add(picture(agent, system, "Cid" + i));
                TimeUnit.SECONDS.sleep(APART_SECONDS);
            }
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            var pagesBefore = pages.stream().map(Seen::byBrowser).toList();
            var viewersBefore = viewers.stream().map(Seen::byAgent).toList();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = (System.nanoTime() - began) / 1e9;
            compare(
                    report,
                    new Span(pagesBefore, pages.stream().map(Seen::byBrowser).toList(), elapsed),
                    new Span(viewersBefore, viewers.stream().map(Seen::byAgent).toList(), elapsed));
        } finally {
            browsers.forEach(Browser::close);
            Waiting.get(vertx.close());
        }
    }

    private static Viewer picture(LoadAgent agent, RunningSystem system, String name) throws Exception {
        var viewer = Waiting.get(agent.view(system.socket(), ROOM, new DisplayName(name)));
        Waiting.until("a picture", PATIENCE, () -> viewer.figures().frames() > 0);
        return viewer;
    }

    private static void compare(Report report, Span browsers, Span agents) {
        differ(
                report,
                "first_picture",
                "ms",
                browsers.median(Seen::firstPictureMs),
                agents.median(Seen::firstPictureMs));
        differ(report, "frames_per_second", "1/s", browsers.rate(Seen::frames), agents.rate(Seen::frames));
        differ(
                report,
                "kilobits_per_second",
                "kbit/s",
                browsers.rate(Seen::bytes) * 8 / 1e3,
                agents.rate(Seen::bytes) * 8 / 1e3);
        differ(report, "freezes", "of all", browsers.more(Seen::freezes), agents.more(Seen::freezes));
        differ(report, "packets_lost", "of all", browsers.more(Seen::lost), agents.more(Seen::lost));
        differ(report, "jitter", "ms", browsers.median(Seen::jitterMs), agents.median(Seen::jitterMs));
        report.add(Figure.lower("chrome_playout_delay", browsers.median(Seen::bufferedMs), "ms"));
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
