package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the time goes until a picture that was lost with its media node is back: when, after the kill, each step on the way
 * was done, in milliseconds. Steps go on beside each other, so they do not add up.
 */
final class RepairSteps {

    /** Told by pages, in the order in which they usually come; the presenter's come before the viewers'. */
    private static final String WATCH = """
            () => {
              window.steps = [];
              const done = step => window.steps.push({ step, at: Date.now() });
              // Who sends or receives its first picture says so to nobody: it is looked up.
              const counted = (connection, type, figure, step) => {
                const timer = setInterval(async () => {
                  if (connection.connectionState === 'closed') clearInterval(timer);
                  for (const one of (await connection.getStats()).values()) {
                    if (one.type !== type || one.kind !== 'video' || !one[figure]) continue;
                    clearInterval(timer);
                    done(step);
                  }
                }, 40);
              };
              const connected = (connection, step) => connection.addEventListener('connectionstatechange', () => {
                if (connection.connectionState === 'connected') done(step);
              });
              const { send } = WebSocket.prototype;
              WebSocket.prototype.send = function (text) {
                if (text.includes('"type":"publish"')) done('presenter_asked');
                if (text.includes('"type":"view"')) done('viewer_asked');
                send.call(this, text);
              };
              const { client } = window.grandstand;
              client.on('publication', publication => {
                if (publication.state === 'retrying') done('presenter_told');
                if (publication.state === 'connecting') {
                  done('presenter_answered');
                  counted(publication.connection, 'outbound-rtp', 'framesSent', 'presenter_sent');
                }
                if (publication.state === 'live') done('presenter_connected');
              });
              client.on('mediaLost', () => { if (client.views.length) done('viewer_told'); });
              client.on('view', view => {
                if (view.state !== 'connecting') return;
                done('viewer_answered');
                connected(view.connection, 'viewer_connected');
              });
            }
            """;

    private static final String LAST_OF_EACH =
            "since => Object.fromEntries(window.steps.filter(({ at }) => at >= since).map(({ step, at }) => [step, at - since]))";

    private final Map<String, Samples> steps = new LinkedHashMap<>();
    private final Map<String, Samples> thisKill = new LinkedHashMap<>();

    static void watch(Page page) {
        page.evaluate(WATCH);
    }

    /** Where a step was done several times the last one counts. */
    void add(Page page, long killedAtMs) {
        ((Map<?, ?>) page.evaluate(LAST_OF_EACH, (double) killedAtMs))
                .forEach((step, at) -> add((String) step, ((Number) at).doubleValue()));
    }

    private void add(String step, double afterMs) {
        steps.computeIfAbsent(step, first -> new Samples()).add(afterMs);
        ended(step, afterMs);
    }

    /** What all steps lead to, for {@link #ofThisKill} only. */
    void ended(String what, double afterMs) {
        thisKill.computeIfAbsent(what, first -> new Samples()).add(afterMs);
    }

    /** The steps since this was last asked, in their order: when the first and the last did them. */
    String ofThisKill() {
        var line = thisKill.entrySet().stream()
                .sorted(Comparator.comparing(step -> step.getValue().median()))
                .map(step -> "%s %.0f–%.0f"
                        .formatted(
                                step.getKey(),
                                step.getValue().percentile(0),
                                step.getValue().percentile(100)))
                .collect(Collectors.joining(", "));
        thisKill.clear();
        return line;
    }

    void tell(Report report) {
        steps.forEach((step, at) -> report.add(Figure.lower(step + "_p50_ms", at.median(), "ms"))
                .add(Figure.lower(step + "_p99_ms", at.percentile(99), "ms")));
    }
}
