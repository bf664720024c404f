package dev.grandstand.loadagent.report;

import dev.grandstand.loadagent.AudienceFigures;
import dev.grandstand.loadagent.Sample;
import dev.grandstand.loadagent.ViewerFigures;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A report as one page that can be mailed: styles and charts are in it. */
final class HtmlPage {

    private static final int ROWS = 1_000;

    private final RunReport run;

    HtmlPage(RunReport run) {
        this.run = run;
    }

    String html() {
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Stress run in "
                + escaped(run.room()) + "</title>\n<style>\n" + ReportStyle.CSS + "</style>\n<main>\n");
        var started = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                .format(run.started().atZone(ZoneId.systemDefault()));
        html.append("<h1>Stress run in %s</h1><p>%s · %d viewers at %s a second, %d presenters · %s</p>\n"
                .formatted(
                        escaped(run.room()),
                        started,
                        run.viewers(),
                        Chart.number(run.rampPerSecond()),
                        run.presenters(),
                        escaped(run.url())));
        tiles(html, run.figures());
        charts(html);
        viewers(html);
        return html.append("</main></html>\n").toString();
    }

    private static void tiles(StringBuilder html, AudienceFigures figures) {
        var total = figures.total();
        html.append("<div class=\"tiles\">");
        tile(html, figures.firstPictures().size() + " / " + figures.wanted(), "viewers with a picture");
        tile(html, millis(figures.firstPicture(50)), "first picture, median");
        tile(html, millis(figures.firstPicture(99)), "first picture, p99");
        tile(html, millis(total.delayMedian()), "delay, median");
        tile(html, millis(total.delayP99()), "delay, p99");
        tile(html, String.valueOf(total.picture().freezes()), "freezes over 150 ms");
        tile(html, millis(total.picture().longestGap()), "longest gap");
        tile(html, String.valueOf(total.picture().incomplete()), "frames incomplete");
        tile(html, total.repair().repaired() + " / " + total.repair().missed(), "missing packets repaired");
        tile(html, String.valueOf(figures.refused() + total.failures()), "refused or failed");
        html.append("</div>\n");
        figures.refusals()
                .forEach((why, count) ->
                        html.append("<p class=\"bad\">%d refused: %s</p>".formatted(count, escaped(why))));
    }

    private static void tile(StringBuilder html, String value, String what) {
        html.append("<div><b>").append(value).append("</b><span>").append(what).append("</span></div>");
    }

    private void charts(StringBuilder html) {
        html.append("<div class=\"charts\">\n");
        html.append(new Chart(
                        "Viewers",
                        "",
                        "s",
                        List.of(line("in the room", Sample::entered), line("with a picture", Sample::withPicture)))
                .html());
        html.append(over("Received", "Mbit/s", "all viewers", Sample::megabitsPerSecond));
        html.append(firstPictures().html());
        html.append(new Chart(
                        "Delay of frames",
                        "ms",
                        "s",
                        List.of(line("median", Sample::delayMedianMs), line("p99", Sample::delayP99Ms)))
                .html());
        html.append(new Chart(
                        "Broken picture",
                        "a second",
                        "s",
                        List.of(
                                line("freezes", Sample::freezes),
                                line("frames incomplete", Sample::incomplete),
                                line("packets lost", Sample::packetsLost)))
                .html());
        html.append(over("Complete frames", "a second", "all viewers", Sample::framesPerSecond));
        html.append(over("Jitter", "ms", "worst viewer", Sample::jitterMs));
        html.append(over("Processor of the load agent", "% of a core", "CPU", Sample::cpuPercent));
        html.append(over("Memory of the load agent", "MiB", "resident", Sample::memoryMib));
        html.append("</div>\n");
    }

    private String over(String title, String unit, String name, ToDoubleFunction<Sample> value) {
        return new Chart(title, unit, "s", List.of(line(name, value))).html();
    }

    private Chart.Line line(String name, ToDoubleFunction<Sample> value) {
        return new Chart.Line(
                name,
                run.samples().stream()
                        .map(sample -> new Chart.Point(sample.second(), value.applyAsDouble(sample)))
                        .toList());
    }

    private Chart firstPictures() {
        var times = run.figures().firstPictures();
        var points = new ArrayList<Chart.Point>();
        for (int i = 0; i < times.size(); i++) {
            points.add(new Chart.Point(100.0 * (i + 1) / times.size(), RunReport.millis(times.get(i))));
        }
        return new Chart(
                "First picture", "ms from dialling", "% of viewers", List.of(new Chart.Line("at most", points)));
    }

    private void viewers(StringBuilder html) {
        html.append(
                "<details><summary>Each viewer</summary><div class=\"scroll\"><table><tr><th>#<th>first picture<th>"
                        + "frames<th>incomplete<th>freezes<th>longest gap<th>missed<th>repaired<th>jitter<th>delay p50<th>p99</tr>\n");
        var each = run.each();
        for (int i = 0; i < Math.min(ROWS, each.size()); i++) {
            row(html, i + 1, each.get(i));
        }
        html.append("</table></div></details>\n");
    }

    private static void row(StringBuilder html, int number, ViewerFigures viewer) {
        html.append("<tr><td>%d<td>%s<td>%d<td>%d<td>%d<td>%s<td>%d<td>%d<td>%s<td>%s<td>%s</tr>\n"
                .formatted(
                        number,
                        viewer.milestones()
                                .toFirstPicture()
                                .map(HtmlPage::millis)
                                .orElse("none"),
                        viewer.frames(),
                        viewer.picture().incomplete(),
                        viewer.picture().freezes(),
                        millis(viewer.picture().longestGap()),
                        viewer.repair().missed(),
                        viewer.repair().repaired(),
                        millis(viewer.jitter()),
                        millis(viewer.delayMedian()),
                        millis(viewer.delayP99())));
    }

    private static String millis(Duration duration) {
        return Chart.number(Math.round(duration.toNanos() / 1e5) / 10.0) + " ms";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
