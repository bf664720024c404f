package dev.grandstand.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The chart's README: what stands before the table, and the table, made of {@code values.yaml} and its comments. */
final class ChartReadme {

    static final Path FILE = Chart.FOLDER.resolve("README.md");

    private static final String HEAD = "| value | default | |\n| --- | --- | --- |\n";
    private static final Pattern LINE = Pattern.compile("^( *)([A-Za-z]+):(.*)$");
    private static final String MARK = "# -- ";

    private ChartReadme() {}

    /** The file as it should be: its own words, and the table made anew. */
    static String made() throws IOException {
        var text = Files.readString(FILE);
        var table = text.indexOf(HEAD);
        if (table < 0) {
            throw new IllegalStateException(FILE + " has no table of values");
        }
        return text.substring(0, table) + HEAD + String.join("\n", rows()) + "\n";
    }

    /** Values without a word of explanation, as paths. */
    static List<String> unexplained() throws IOException {
        var explained = new TreeSet<String>();
        values().forEach(value -> explained.add(value.path()));
        var missing = new ArrayList<String>();
        leaves("", Chart.yaml(Chart.FOLDER.resolve("values.yaml")), explained, missing);
        return missing;
    }

    private static void leaves(String path, JsonNode node, TreeSet<String> explained, List<String> missing) {
        if (explained.contains(path)) {
            return;
        }
        if (!node.isObject() || node.isEmpty()) {
            missing.add(path);
            return;
        }
        node.propertyStream()
                .forEach(field -> leaves(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                        field.getValue(),
                        explained,
                        missing));
    }

    private static List<String> rows() throws IOException {
        var defaults = Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
        return values().stream()
                .map(value -> "| `" + value.path() + "` | `"
                        + defaults.at("/" + value.path().replace('.', '/')) + "` | " + value.words() + " |")
                .toList();
    }

    private static List<Value> values() throws IOException {
        var found = new ArrayList<Value>();
        var above = new ArrayDeque<String>();
        var words = "";
        for (var line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
            if (line.strip().startsWith(MARK)) {
                words = line.strip().substring(MARK.length());
                continue;
            }
            var parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            while (above.size() > parts.group(1).length() / 2) {
                above.removeLast();
            }
            above.addLast(parts.group(2));
            if (!words.isEmpty()) {
                found.add(new Value(String.join(".", above), words));
                words = "";
            }
        }
        return found;
    }

    private record Value(String path, String words) {}
}
