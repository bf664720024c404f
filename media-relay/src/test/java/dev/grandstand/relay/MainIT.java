package dev.grandstand.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kurento.client.KurentoClient;

/** The relay as a process of its own. */
@Timeout(60)
class MainIT {

    private static final int SIGTERM = 143;
    private static final Pattern READY = Pattern.compile("media relay ready uri=\"([^\"]+)\"");

    private static final Pattern HEALTH = Pattern.compile("health and metrics port=\"(\\d+)\"");

    private static int status(String port, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static Process run(String... flags) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void servesUntilItIsToldToStop() throws Exception {
        var process = run("--host", "127.0.0.1", "--port", "0");
        try (var output = output(process)) {
            var uri = output.lines()
                    .map(READY::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElseThrow();
            var client = KurentoClient.create(uri);
            assertThat(client.getServerManager().getInfo().getVersion()).startsWith("7.3");
            client.destroy();
            var health = output.lines()
                    .map(HEALTH::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElseThrow();
            assertThat(status(health, "/health/ready")).isEqualTo(200);
            assertThat(status(health, "/metrics")).isEqualTo(200);

            process.toHandle().destroy();
            var rest = output.lines().toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(SIGTERM);
            assertThat(rest).anyMatch(line -> line.contains("stopped")).noneMatch(line -> line.contains("ERROR"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void refusesABadFlag() throws Exception {
        var process = run("--prot", "1");
        try (var output = output(process)) {
            assertThat(output.lines()).anyMatch(line -> line.contains("--prot"));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }
}
