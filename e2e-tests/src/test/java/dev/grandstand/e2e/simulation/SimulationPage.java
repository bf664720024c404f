package dev.grandstand.e2e.simulation;

import dev.grandstand.loadagent.report.Chart;
import dev.grandstand.loadagent.report.ReportStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A contest as one page that can be mailed. */
public final class SimulationPage {

    private static final Map<String, String> NAMES =
            Map.of("", "Grandstand", "hpa_", "HPA, CPU 60 %", "buffer_", "Fixed buffer");

    private static final String STYLE = """
            h2 { font-size: 17px; margin: 32px 0 4px } details { margin-top: 12px }
            summary { font-weight: 600 } details .charts { margin: 4px 0 }
            details figure { padding: 10px 0 0; background: none }
            table { font-variant-numeric: tabular-nums } th { white-space: normal; vertical-align: bottom } th:first-child, td:first-child { text-align: left }
            tr.ours td { font-weight: 600 } td.bad { color: #d5423b } td.good { color: #2a9d6f }
            .card { background: var(--card); border-radius: 12px; padding: 14px 16px }
            """;

    private static final int POINTS = 260;
    private static final int OPEN_BOOT = 30;
    private static final double MINUTE = 60;

    private final Contest contest;

    /** What is shown. */
    public SimulationPage(Contest contest) {
        this.contest = contest;
    }

    /** Everything is in it; nothing is loaded. */
    public String html() {
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Scaling policies</title>\n<style>\n"
                + ReportStyle.CSS + STYLE + "</style>\n<main>\n");
        html.append("""
                <h1>How the fleet follows its audience</h1>
                <p>The policy as shipped, beside Kubernetes' own autoscaler on CPU (15 s, tolerance 0.1, 5 min until it goes
                down), a fixed buffer of five nodes as in Agones (30 s), and the fewest nodes with which nobody would have
                waited, for one who knows what comes. Virtual time; all get the same people. People without a seat wait for
                at most five minutes; the CPU autoscaler has no seats, and fills its nodes beyond what they carry.</p>
                """);
        scores(html);
        var byName = new LinkedHashMap<String, List<Contest.Round>>();
        contest.rounds()
                .forEach(round -> byName.computeIfAbsent(round.scenario().title(), title -> new ArrayList<>())
                        .add(round));
        byName.forEach((title, rounds) -> {
            html.append("<h2>").append(title).append("</h2>\n");
            rounds.forEach(round -> round(html, round));
        });
        return html.append("</main></html>\n").toString();
    }

    private void scores(StringBuilder html) {
        html.append("<div class=\"card scroll\"><table><tr><th>In all scenarios<th>refused<th>overload s"
                + "<th>announced spikes: worst node hours ÷ optimum<th>other spikes: worst wait p99 − boot<th>longest wait − boot"
                + "<th>node hours ÷ optimum<th>moves a viewer</tr>\n");
        contest.scores().forEach((policy, score) -> {
            row(html, policy);
            zero(html, score.refused());
            zero(html, score.overloadSeconds());
            limited(html, score.scheduledOverOptimum(), 1.25, "", policy.isEmpty());
            limited(html, score.unscheduledP99OverBoot(), 2, " s", true);
            limited(html, score.unscheduledLongestOverBoot(), 2, " s", true);
            cell(html, "", fixed(score.overOptimum()));
            cell(html, "", fixed(score.movesPerViewer()));
            html.append("</tr>\n");
        });
        html.append(
                "</table></div>\n<p>Few node hours are no merit where people are refused. Below 0 s: less than a node takes to boot.</p>\n");
    }

    private static void round(StringBuilder html, Contest.Round round) {
        int boot = round.scenario().boot();
        html.append("<details")
                .append(boot == OPEN_BOOT ? " open" : "")
                .append("><summary>Nodes boot in ")
                .append(boot)
                .append(" s</summary><div class=\"charts\">\n");
        var nodes = new ArrayList<Chart.Line>();
        var waiting = new ArrayList<Chart.Line>();
        round.outcomes().forEach((policy, outcome) -> {
            nodes.add(line(policy, outcome.nodes()));
            waiting.add(line(policy, outcome.waiting()));
        });
        nodes.add(new Chart.Line("optimum", points(round.optimum())));
        html.append(new Chart("Nodes", "", "min", nodes).html());
        html.append(new Chart("People waiting", "", "min", waiting).html());
        html.append("</div><div class=\"scroll\"><table><tr><th><th>wait p50<th>p99<th>longest<th>refused"
                + "<th>overload s<th>node hours<th>÷ optimum<th>moves a viewer</tr>\n");
        round.outcomes().forEach((policy, outcome) -> {
            row(html, policy);
            cell(html, "", outcome.waits().percentile(50) + " s");
            cell(html, "", outcome.waits().percentile(99) + " s");
            cell(html, "", outcome.waits().longest() + " s");
            zero(html, outcome.refused());
            zero(html, outcome.overloadSeconds());
            cell(html, "", String.format(Locale.ROOT, "%,.0f", outcome.nodeHours()));
            cell(html, "", fixed(round.overOptimum(policy)));
            cell(html, "", fixed(outcome.movesPerViewer()));
            html.append("</tr>\n");
        });
        html.append("</table></div></details>\n");
    }

    private static void row(StringBuilder html, String policy) {
        html.append(policy.isEmpty() ? "<tr class=\"ours\">" : "<tr>");
        cell(html, "", name(policy));
    }

    private static void zero(StringBuilder html, long value) {
        cell(html, value == 0 ? "good" : "bad", String.format(Locale.ROOT, "%,d", value));
    }

    private static void limited(StringBuilder html, double value, double limit, String unit, boolean judged) {
        cell(html, !judged ? "" : value <= limit ? "good" : "bad", fixed(value) + unit);
    }

    private static void cell(StringBuilder html, String look, String text) {
        html.append("<td class=\"").append(look).append("\">").append(text);
    }

    private static Chart.Line line(String policy, int[] values) {
        return new Chart.Line(name(policy), points(values));
    }

    private static String name(String policy) {
        return NAMES.getOrDefault(policy, policy);
    }

    /** Of each piece the highest: a queue of a few seconds has to be seen. */
    private static List<Chart.Point> points(int[] values) {
        var points = new ArrayList<Chart.Point>();
        int piece = Math.max(1, values.length / POINTS);
        for (int from = 0; from < values.length; from += piece) {
            int highest = 0;
            for (int i = from; i < Math.min(values.length, from + piece); i++) {
                highest = Math.max(highest, values[i]);
            }
            points.add(new Chart.Point(from / MINUTE, highest));
        }
        return points;
    }

    private static String fixed(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
