package dev.grandstand.e2e.bench;

import dev.grandstand.protocol.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one benchmark found: printed for people, and written for machines. */
final class Report {

    private final String name;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Object> machine = Machine.describe();
    private final List<Figure> figures = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    Report parameter(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    Report add(Figure figure) {
        figures.add(figure);
        return this;
    }

    void print(PrintStream out) {
        out.printf(Locale.ROOT, "%n%s  %s%n", name, parameters);
        out.printf(Locale.ROOT, "  %-42s %10s %10s %10s  %s%n", "", "value", "limit", "target", "unit");
        for (var figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "  %-42s %10s %10s %10s  %s%n",
                    figure.name(),
                    number(figure.value()),
                    figure.limit() == null ? "" : number(figure.limit()),
                    figure.target() == null ? "" : number(figure.target()),
                    figure.unit());
        }
        out.println();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    void write(Path folder) throws IOException {
        var byName = new LinkedHashMap<String, Figure>();
        figures.forEach(figure -> byName.put(figure.name(), figure));
        var whole = new LinkedHashMap<String, Object>();
        whole.put("name", name);
        whole.put("machine", machine);
        whole.put("parameters", parameters);
        whole.put("figures", byName);
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".json"), Json.encode(whole));
    }
}
