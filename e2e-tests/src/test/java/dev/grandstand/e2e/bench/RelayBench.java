package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.loadagent.ViewerFigures;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What the relay, alone in its process, takes of a core for one publisher's audience. The limit: the processor time of
 * encrypting and sending as many packets of the same sizes, with nothing around it.
 */
final class RelayBench implements Benchmark {

    private static final int SECONDS = 15;
    private static final int SETTLE_SECONDS = 6;
    private static final int LARGEST = 25;
    private static final RoomId ROOM = new RoomId("bench-relay");

    private record Load(double cpuPercent, double packetsPerSecond, double bytesPerPacket, long lost) {}

    @Override
    public Report run(Settings settings) throws Exception {
        int seconds = settings.secondsOr(SECONDS);
        int largest = settings.sizeOr(LARGEST);
        // Without a viewer: what a publisher costs, and being there at all.
        var sizes = IntStream.of(0, 1, 10, 25, 100, 250, 500, 1_000)
                .filter(size -> size <= largest)
                .toArray();
        var report = new Report("relay")
                .parameter("seconds", seconds)
                .parameter("viewers", IntStream.of(sizes).boxed().toList());
        report.parameter("bits_per_second", PictureShape.SMALL.bitsPerSecond());
        report.parameter("frames_per_second", PictureShape.SMALL.framesPerSecond());
        var relay = relay(settings);
        var vertx = Vertx.vertx();
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(
                        settings,
                        folder.path(),
                        Map.of("GRANDSTAND_MEDIA_NODES", relay.uri.toString(), "GRANDSTAND_SEATS_PER_NODE", "10000"));
                var agent = LoadAgent.on(vertx)) {
            Waiting.get(agent.publish(system.socket(), ROOM, new DisplayName("Ann"), PictureShape.SMALL));
            var viewers = new ArrayList<Viewer>();
            for (int size : sizes) {
                while (viewers.size() < size) {
                    viewers.add(Waiting.get(
                            agent.view(system.socket(), ROOM, new DisplayName("Viewer " + viewers.size()))));
                }
                Waiting.until("every viewer has a picture", Duration.ofSeconds(20), () -> viewers.stream()
                        .allMatch(viewer -> viewer.figures().keyframes() > 0));
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                add(report, size, measure(relay.process, viewers, seconds));
            }
            report.add(Figure.lower("relay_rss_mib", Machine.residentMebibytes(relay.process.pid()), "MiB"));
        } finally {
            Waiting.get(vertx.close());
            RunningSystem.stop(relay.process);
        }
        return report;
    }

    private static void add(Report report, int size, Load load) {
        if (size == 0) {
            report.add(Figure.lower("relay_cpu_percent_0_viewers", load.cpuPercent, "% of a core"));
            return;
        }
        double limit = PacketLimit.cpuMicros((int) load.bytesPerPacket) * load.packetsPerSecond / 1e4;
        var figure = Figure.lower("relay_cpu_percent_" + size + "_viewers", load.cpuPercent, "% of a core")
                .limit(limit);
        report.add(size == 100 ? figure.target(10) : figure);
        report.add(Figure.higher("packets_per_second_" + size + "_viewers", load.packetsPerSecond, "1/s"));
        report.add(Figure.lower(
                "cpu_per_packet_" + size + "_viewers", load.cpuPercent * 1e4 / load.packetsPerSecond, "µs"));
        report.add(Figure.lower("packets_lost_" + size + "_viewers", load.lost, "packets"));
    }

    private static Load measure(Process relay, List<Viewer> viewers, int seconds) throws InterruptedException {
        var before = total(viewers);
        long cpuBefore = cpuNanos(relay);
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double elapsed = System.nanoTime() - began;
        long cpu = cpuNanos(relay) - cpuBefore;
        var after = total(viewers);
        double packets = after[0] - before[0];
        return new Load(
                100 * cpu / elapsed, packets / elapsed * 1e9, (after[1] - before[1]) / packets, after[2] - before[2]);
    }

    private static long[] total(List<Viewer> viewers) {
        var figures = viewers.stream().map(Viewer::figures).toList();
        return new long[] {
            figures.stream().mapToLong(ViewerFigures::packets).sum(),
            figures.stream().mapToLong(ViewerFigures::bytes).sum(),
            figures.stream().mapToLong(ViewerFigures::packetsLost).sum()
        };
    }

    private static long cpuNanos(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private record Relay(Process process, URI uri) {}

    private static Relay relay(Settings settings) throws Exception {
        int port = RunningSystem.freePorts(1).getFirst();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = RunningSystem.spawn(
                settings,
                "relay",
                List.of(
                        java,
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        settings.home()
                                .resolve("media-relay/target/media-relay.jar")
                                .toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port)),
                Map.of());
        Waiting.until("the relay listens", Duration.ofSeconds(30), () -> accepts(port));
        return new Relay(process, URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    static boolean accepts(int port) {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
