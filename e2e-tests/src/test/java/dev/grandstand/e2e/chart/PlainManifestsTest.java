package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code k8s/grandstand.yaml} is the chart, rendered for one machine: {@code k8s/render} writes it anew. */
class PlainManifestsTest {

    private static final Path FILE = Path.of("..", "k8s", "grandstand.yaml");
    private static final String HEAD =
            "# Made of helm/grandstand and its ci/kind-values.yaml by k8s/render; change those.\n";

    @Test
    void areWhatTheChartRenders() throws Exception {
        var made = HEAD
                + new Helm(Chart.FOLDER)
                        .template()
                        .withName("grandstand")
                        .withNamespace("grandstand")
                        .withValuesFile(Chart.example("kind"))
                        .call()
                        .replaceAll("(?m)[ \t]+$", "")
                        .replaceAll("(?m)^\\R", "");

        if (Boolean.getBoolean("grandstand.write")) {
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE)).isEqualTo(made);
    }
}
