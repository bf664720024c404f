package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The script that holds a media node back: run as Kubernetes runs it, with an allocator that takes its time. */
class DrainScriptIT {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void waitsWhileTheAllocatorIsAwayOrSomebodyIsOnTheNodeAndEndsWhenItIsEmpty() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var script = script().replace("grandstand-allocator/8083", "127.0.0.1/" + port);
        var process = start(script);
        try {
            // Nobody listens: it goes on asking.
            assertThat(process.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();

            var allocator = allocator(port, List.of(503, 202, 200));
            try {
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(asked).containsExactly("/drain/media-7", "/drain/media-7", "/drain/media-7");
            } finally {
                allocator.stop(0);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String script() {
        return ChartRenderingTest.deployment(Chart.render(Chart.example("kind")), "grandstand-media")
                .containers()
                .getFirst()
                .at("/lifecycle/preStop/exec/command/2")
                .asText();
    }

    private static Process start(String script) throws Exception {
        var builder = new ProcessBuilder("bash", "-c", script).inheritIO();
        builder.environment().put("POD_NAME", "media-7");
        return builder.start();
    }

    private HttpServer allocator(int port, List<Integer> answers) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            int turn = asked.size();
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(answers.get(Math.min(turn, answers.size() - 1)), -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
