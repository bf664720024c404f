package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KubernetesMetricsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(grandstand_kubernetes_[a-z_]+)");

    @Test
    void theDocumentListsTheMetersThatThereAre() throws Exception {
        var meters = new SimpleMeterRegistry();
        new KubernetesMetrics(meters);

        var served = meters.getMeters().stream()
                .map(meter -> meter.getId().getName().replace('.', '_') + (meter instanceof Counter ? "_total" : ""))
                .collect(Collectors.toSet());

        assertThat(LISTED.matcher(Files.readString(DOCUMENT)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(served);
    }
}
