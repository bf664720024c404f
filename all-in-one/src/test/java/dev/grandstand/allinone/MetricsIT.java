package dev.grandstand.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/metrics.md} lists the meters that there are, and no others. */
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(grandstand_[a-z_]+)");
    private static final Pattern SERVED = Pattern.compile("(?m)^# TYPE (grandstand_[a-z_]+) ");

    /** Those of an allocator in Kubernetes are held to the document in its module. */
    private static final String ELSEWHERE = "grandstand_kubernetes_";

    /** Of each value of a timer, the longest: Micrometer serves it beside the others. */
    private static final String LONGEST = "_seconds_max";

    @TempDir
    private Path folder;

    @Test
    void whatIsServedIsListedAndWhatIsListedIsServed() throws Exception {
        var listed = names(LISTED, Files.readString(DOCUMENT));
        try (var grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
                var client = new RawClient(grandstand.httpPort())) {
            client.send("{'type':'join','id':1,'room':'measured','name':'Someone'}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.received("joined")).hasSize(1));

            await().atMost(PATIENCE).untilAsserted(() -> {
                var served = scrape(grandstand.httpPort());
                assertThat(names(SERVED, served)).isEqualTo(listed);
                assertThat(served)
                        .contains("grandstand_requests_total{outcome=\"ok\",type=\"Join\"} 1.0")
                        .contains("grandstand_join_seconds_count 1")
                        .contains("grandstand_seats{state=\"taken\"} 1.0")
                        .contains("grandstand_sessions 1")
                        .doesNotContain("measured");
            });
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.endsWith(LONGEST) && !name.startsWith(ELSEWHERE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scrape(int port) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
