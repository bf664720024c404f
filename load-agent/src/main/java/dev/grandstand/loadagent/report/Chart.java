package dev.grandstand.loadagent.report;

import java.util.List;
import java.util.Locale;

/**
 * Lines over time as inline SVG: a title, the lines with their names and last values, three gridlines, nothing to load.
 *
 * @param unit of all lines; empty if the title says it
 * @param xUnit what the horizontal axis counts
 */
public record Chart(String title, String unit, String xUnit, List<Line> lines) {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 150;
    private static final int LEFT = 44;
    private static final int TOP = 8;
    private static final int BOTTOM = 22;
    private static final List<String> COLOURS = List.of("#4f7cff", "#e0752d", "#2aa876", "#8b8fa3");

    /** One value of a line. */
    public record Point(double x, double y) {}

    /** A line from point to point. */
    public record Line(String name, List<Point> points) {}

    /** A figure with its caption, for a page in {@link ReportStyle}. */
    public String html() {
        var html = new StringBuilder("<figure><figcaption><b>")
                .append(title)
                .append("</b> ")
                .append(unit);
        for (int i = 0; i < lines.size(); i++) {
            html.append("<span style=\"color:%s\">■ %s</span>"
                    .formatted(COLOURS.get(i % COLOURS.size()), lines.get(i).name()));
        }
        html.append("</figcaption><svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(title)
                .append("\">");
        double maxX = Math.max(1, greatest(true));
        double maxY = ceiling(greatest(false));
        grid(html, maxX, maxY);
        for (int i = 0; i < lines.size(); i++) {
            line(html, lines.get(i), COLOURS.get(i % COLOURS.size()), maxX, maxY);
        }
        return html.append("</svg></figure>\n").toString();
    }

    private double greatest(boolean x) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> x ? point.x() : point.y())
                .max()
                .orElse(0);
    }

    /** The next round number. */
    private static double ceiling(double value) {
        if (value <= 0) {
            return 1;
        }
        double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 2.5, 5, 10}) {
            if (value <= step * magnitude * 1.0001) {
                return step * magnitude;
            }
        }
        return value;
    }

    private void grid(StringBuilder html, double maxX, double maxY) {
        for (int i = 0; i <= 2; i++) {
            double y = y(maxY * i / 2, maxY);
            html.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" class=\"grid\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT,
                    y,
                    WIDTH,
                    y,
                    LEFT - 6,
                    y + 4,
                    shortened(maxY * i / 2)));
        }
        for (int i = 0; i <= 4; i++) {
            html.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                    x(maxX * i / 4, maxX),
                    HEIGHT - 6,
                    i == 0 ? "start" : i == 4 ? "end" : "middle",
                    Math.round(maxX * i / 4) + (i == 4 ? " " + xUnit : "")));
        }
    }

    private static void line(StringBuilder html, Line line, String colour, double maxX, double maxY) {
        html.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" points=\"");
        for (var point : line.points()) {
            html.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x(), maxX), y(point.y(), maxY)));
        }
        html.append("\"/>");
    }

    private static double x(double value, double max) {
        return LEFT + value / max * (WIDTH - LEFT - 2);
    }

    private static double y(double value, double max) {
        return HEIGHT - BOTTOM - Math.max(0, value) / max * (HEIGHT - TOP - BOTTOM);
    }

    /** Room beside the axis is small. */
    private static String shortened(double value) {
        return value >= 1_000_000
                ? number(value / 1_000_000) + "M"
                : value >= 10_000 ? number(value / 1_000) + "k" : number(value);
    }

    /** As few digits as tell something. */
    public static String number(double value) {
        double absolute = Math.abs(value);
        var pattern = value == Math.rint(value) || absolute >= 100 ? "%.0f" : absolute >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
