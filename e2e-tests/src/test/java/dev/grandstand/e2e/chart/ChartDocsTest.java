package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart says, documents and charts speak of the same things. */
class ChartDocsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern METRIC = Pattern.compile("(?:grandstand|process)_[a-z_]+");

    /** {@code -Dgrandstand.write=true} writes it anew. */
    @Test
    void theReadmeListsEveryValue() throws Exception {
        var made = ChartReadme.made();

        if (Boolean.getBoolean("grandstand.write")) {
            Files.writeString(ChartReadme.FILE, made);
        }

        assertThat(ChartReadme.unexplained()).isEmpty();
        assertThat(Files.readString(ChartReadme.FILE)).isEqualTo(made);
    }

    @Test
    void everyVariableIsOneThatServicesRead() throws Exception {
        var documented =
                names(Pattern.compile("GRANDSTAND_[A-Z_]+"), Files.readString(DOCS.resolve("configuration.md")));

        var given = Chart.examples().stream()
                .flatMap(values -> Chart.render(values).stream())
                .flatMap(one -> one.containers().stream())
                .flatMap(container -> Rendered.elements(container.path("env")))
                .map(variable -> variable.path("name").asText())
                .filter(name -> name.startsWith("GRANDSTAND_"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(given).hasSizeGreaterThan(20).isSubsetOf(documented);
    }

    @Test
    void everyAlertHasAnEntryInTheRunbook() throws Exception {
        var runbook = Files.readString(DOCS.resolve("runbook.md"));

        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(runbook).contains("\n### " + alert.path("alert").asText() + "\n");
        });
        assertThat(alerts().map(alert -> alert.path("alert").asText()))
                .containsExactlyInAnyOrderElementsOf(names(Pattern.compile("(?<=\n### )Grandstand[A-Za-z]+"), runbook));
    }

    @Test
    void alertsAndDashboardsSpeakOfMetersThatThereAre() throws Exception {
        var listed = names(METRIC, Files.readString(DOCS.resolve("metrics.md")));

        var spokenOf = new TreeSet<String>();
        alerts().forEach(alert ->
                spokenOf.addAll(names(METRIC, alert.path("expr").asText())));
        for (var dashboard : dashboards()) {
            Rendered.elements(dashboard.path("panels"))
                    .flatMap(panel -> Rendered.elements(panel.path("targets")))
                    .forEach(target ->
                            spokenOf.addAll(names(METRIC, target.path("expr").asText())));
        }

        assertThat(spokenOf.stream().map(name -> name.replaceAll("_(bucket|sum|count)$", "")))
                .isNotEmpty()
                .isSubsetOf(listed);
    }

    @Test
    void dashboardsShowWhatOperatorsAskFor() throws Exception {
        var titles = dashboards().stream()
                .flatMap(dashboard -> Rendered.elements(dashboard.path("panels")))
                .map(panel -> panel.path("title").asText())
                .toList();

        assertThat(titles).doesNotHaveDuplicates();
        for (var subject : List.of(
                "Audience",
                "Seats",
                "Queue",
                "Join time",
                "Time to first frame",
                "Node load",
                "Drain progress",
                "Kafka lag")) {
            assertThat(titles).as(subject).anyMatch(title -> title.startsWith(subject));
        }
    }

    /** As the chart renders them: with names and namespace filled in. */
    private static Stream<JsonNode> alerts() {
        return Chart.render(Chart.example("managed")).stream()
                .filter(one -> one.kind().equals("PrometheusRule"))
                .flatMap(rule -> Rendered.elements(rule.at("/spec/groups/0/rules")));
    }

    private static List<JsonNode> dashboards() throws IOException {
        var json = new ObjectMapper();
        var map = Chart.render(Chart.example("managed")).stream()
                .filter(one -> one.name().equals("grandstand-dashboards"))
                .findFirst()
                .orElseThrow();
        var found = new ArrayList<JsonNode>();
        for (var text : map.at("/data")) {
            found.add(json.readTree(text.asText()));
        }
        return found;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
