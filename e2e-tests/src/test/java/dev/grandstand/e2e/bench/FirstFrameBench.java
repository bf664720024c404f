package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Views in a real Chromium, each in a page of its own: from dialling the WebSocket to the first decoded frame, and the
 * steps between. The presenter sits in another Chromium. Beside them, two connections in one page without any server.
 */
final class FirstFrameBench implements Benchmark {

    private static final int VIEWS = 20;
    private static final int LOOPBACKS = 12;
    /** Longer than the relay replays a keyframe: each view comes to a stream that nobody has just joined. */
    private static final int PAUSE_MILLIS = 1_900;

    private static final double TARGET_P50_MILLIS = 166;
    private static final double TARGET_P95_MILLIS = 217;

    /** What the probe in the page calls it, and what it is called in the report; in the order of events. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("offer begun", "until_offer_begun_p50_ms");
        STEPS.put("offer made", "until_offer_made_p50_ms");
        STEPS.put("open", "until_socket_open_p50_ms");
        STEPS.put("sent join", "until_join_sent_p50_ms");
        STEPS.put("received joined", "until_joined_p50_ms");
        STEPS.put("sent view", "until_view_sent_p50_ms");
        STEPS.put("received seat", "until_seat_p50_ms");
        STEPS.put("received answer", "until_answer_p50_ms");
        STEPS.put("answer set", "until_answer_set_p50_ms");
        STEPS.put("received candidate", "until_candidate_p50_ms");
        STEPS.put("ice connected", "until_ice_connected_p50_ms");
        STEPS.put("connected", "until_dtls_connected_p50_ms");
        STEPS.put("unmute audio", "until_first_audio_packet_p50_ms");
        STEPS.put("unmute video", "until_first_video_packet_p50_ms");
        STEPS.put("frame received", "until_first_frame_received_p50_ms");
        STEPS.put("frame", "until_first_frame_shown_p50_ms");
    }

    private final Map<String, Samples> steps = new LinkedHashMap<>();
    private final Samples toFrame = new Samples();
    private final Samples fromNavigation = new Samples();
    private final Samples bare = new Samples();
    private final Map<String, Samples> agentSteps = new LinkedHashMap<>();
    private int width;

    @Override
    public Report run(Settings settings) throws Exception {
        int views = settings.sizeOr(VIEWS);
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(settings, folder.path(), Map.of());
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var presenter = BenchBrowser.launch(playwright, folder.path());
                var viewer = BenchBrowser.launch(playwright, folder.path())) {
            var stage = presenter.newPage();
            stage.navigate(system.page("/room/bench?name=Ann&auto=live"));
            stage.waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
            loopbacks(viewer, system);
            for (int i = 0; i < views; i++) {
                view(viewer, system.page("/room/bench?name=Viewer&auto=view"), i);
            }
            agentViews(system, views);
        }
        return report(views);
    }

    private void view(Browser browser, String address, int index) {
        var context = browser.newContext();
        context.addInitScript(Scripts.PROBE);
        var page = context.newPage();
        page.navigate(address);
        page.waitForFunction(
                "() => window.marks?.frame", null, new Page.WaitForFunctionOptions().setPollingInterval(100));
        @SuppressWarnings("unchecked")
        var found = (Map<String, Object>) page.evaluate(Scripts.FIRST_FRAME);
        double dialled = number(found.get("dial"));
        toFrame.add(number(found.get("socketToFrameMs")));
        fromNavigation.add(number(found.get("frame")));
        width = (int) number(found.get("width"));
        for (var step : STEPS.keySet()) {
            if (found.get(step) != null) {
                steps.computeIfAbsent(step, missing -> new Samples()).add(number(found.get(step)) - dialled);
            }
        }
        // Not always the same time after the last keyframe, nor in step with the camera.
        page.waitForTimeout(PAUSE_MILLIS + 37.0 * index % 100);
        context.close();
    }

    /** The same without a browser at the viewer's end: what server, signaling and relay have of it. */
    private void agentViews(RunningSystem system, int views) throws Exception {
        var vertx = Vertx.vertx();
        try (var agent = LoadAgent.on(vertx)) {
            for (int i = 0; i < views; i++) {
                var viewer =
                        Waiting.get(agent.view(system.socket(), new RoomId("bench"), new DisplayName("Agent " + i)));
                Waiting.until(
                        "a keyframe",
                        Duration.ofSeconds(20),
                        () -> viewer.figures().keyframes() > 0);
                var reached = viewer.figures().milestones();
                agentStep("socket_open", reached.opened());
                agentStep("joined", reached.joined());
                agentStep("answer", reached.answered());
                agentStep("connected", reached.connected());
                agentStep("first_packet", reached.firstPacket());
                agentStep("first_keyframe", reached.firstKeyframe());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS + 37L * i % 100);
                Waiting.get(viewer.close());
            }
        } finally {
            Waiting.get(vertx.close());
        }
    }

    private void agentStep(String step, Duration reached) {
        agentSteps.computeIfAbsent(step, missing -> new Samples()).add(reached.toNanos() / 1e6);
    }

    private void loopbacks(Browser browser, RunningSystem system) {
        var context = browser.newContext();
        var page = context.newPage();
        page.navigate(system.page("/favicon.svg"));
        for (int i = 0; i < LOOPBACKS; i++) {
            bare.add(number(page.evaluate(Scripts.LOOPBACK)));
        }
        context.close();
    }

    private Report report(int views) {
        var report = new Report("first-frame")
                .parameter("views", views)
                .parameter("width", width)
                .parameter("frames_per_second", BenchBrowser.FRAMES_PER_SECOND)
                .parameter("kurento_one2many_p50_ms", List.of(166, 170))
                .parameter("kurento_one2many_p95_ms", List.of(217, 249))
                .add(Figure.lower("first_frame_p50_ms", toFrame.median(), "ms")
                        .limit(bare.median())
                        .target(TARGET_P50_MILLIS))
                .add(Figure.lower("first_frame_p95_ms", toFrame.percentile(95), "ms")
                        .limit(bare.percentile(95))
                        .target(TARGET_P95_MILLIS));
        var names = new ArrayList<>(STEPS.keySet());
        names.retainAll(steps.keySet());
        names.forEach(
                step -> report.add(Figure.lower(STEPS.get(step), steps.get(step).median(), "ms")));
        agentSteps.forEach((step, samples) ->
                report.add(Figure.lower("without_browser_until_" + step + "_p50_ms", samples.median(), "ms")));
        return report.add(Figure.lower("navigation_to_first_frame_p50_ms", fromNavigation.median(), "ms"));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
