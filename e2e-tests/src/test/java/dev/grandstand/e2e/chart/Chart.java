package dev.grandstand.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chart in {@code helm/grandstand}, rendered by Helm itself. */
final class Chart {

    static final Path FOLDER =
            Path.of("..", "helm", "grandstand").toAbsolutePath().normalize();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    /** What {@code values} make of it, the pods of {@code helm test} among them. */
    static List<Rendered> render(Path values) {
        return objects(text(values, Map.of()));
    }

    /** The same with some values more, as {@code --set} gives them. */
    static List<Rendered> render(Path values, Map<String, Object> more) {
        return objects(text(values, more));
    }

    /** @throws RuntimeException in Helm's words, if it refuses the values */
    static String text(Path values, Map<String, Object> more) {
        var template = new Helm(withoutHooks())
                .template()
                .withName("grandstand")
                .withNamespace("shows")
                .withValuesFile(values);
        more.forEach(template::set);
        return template.call();
    }

    /** The files of values that are examples. */
    static List<Path> examples() {
        try (var files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path example(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Rendered> objects(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            var found = new ArrayList<Rendered>();
            documents.forEachRemaining(document -> {
                if (document != null && document.isObject()) {
                    found.add(new Rendered(document));
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Helm leaves hooks out of what a template renders, so here they are no hooks. */
    private static Path withoutHooks() {
        return Copy.CHART;
    }

    private static final class Copy {

        static final Path CHART = made();

        private static Path made() {
            try (var files = Files.walk(FOLDER)) {
                var copy = Path.of("target", "chart").toAbsolutePath();
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var to = copy.resolve(FOLDER.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.writeString(to, Files.readString(file).replaceAll("(?m)^ +helm\\.sh/hook.*\\R", ""));
                }
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
