package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.AudienceFigures;
import dev.grandstand.loadagent.DelayHistogram;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What the relay, alone in its process, takes of a core for one publisher's audience, which grows until frames stay
 * incomplete or arrive late. The limit: the processor time of encrypting and sending as many packets of the same sizes,
 * with nothing around it.
 *
 * <p>The publisher and a few viewers ("probes") have an agent of their own: what they see of delays has nothing to do with
 * how many others their agent's thread has to read for.
 */
final class RelayBench implements Benchmark {

    private static final int SECONDS = 8;
    private static final int SETTLE_SECONDS = 4;
    private static final int LARGEST = 400;
    private static final int PROBES = 4;
    private static final int ATTEMPTS = 4;
    private static final int TARGET_SIZE = 100;
    private static final double LATE_MS = 50;
    private static final double RAMP = 100;

    /** So many at a time come and go before anybody is counted: compiled code and what compilers keep are no viewer's. */
    private static final int WARM = 25;

    private static final int WARM_ROUNDS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RoomId ROOM = new RoomId("bench-relay");

    /** One size's figures; rates of all viewers together. */
    private record Load(
            int viewers,
            double cpuPercent,
            RelayProcess.Memory memory,
            int threads,
            double packetsPerSecond,
            double bytesPerPacket,
            long lost,
            long incomplete,
            double delayMedianMs,
            double delayP99Ms) {

        boolean good() {
            return incomplete == 0 && delayP99Ms <= LATE_MS;
        }
    }

    @Override
    public Report run(Settings settings) throws Exception {
        int seconds = settings.secondsOr(SECONDS);
        int largest = settings.sizeOr(LARGEST);
        var report = new Report("relay").parameter("seconds", seconds);
        report.parameter("bits_per_second", PictureShape.SMALL.bitsPerSecond());
        report.parameter("frames_per_second", PictureShape.SMALL.framesPerSecond());
        var loads = new ArrayList<Load>();
        var vertx = Vertx.vertx();
        var relay = RelayProcess.start(settings);
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(
                        settings,
                        folder.path(),
                        Map.of(
                                "GRANDSTAND_MEDIA_NODES",
                                relay.uri().toString(),
                                "GRANDSTAND_SEATS_PER_NODE",
                                "10000"));
                var probes = LoadAgent.on(vertx);
                var crowd = LoadAgent.on(vertx)) {
            Waiting.get(probes.publish(system.socket(), ROOM, new DisplayName("Ann"), PictureShape.SMALL));
            warmUp(crowd, system.socket());
            var audiences = new ArrayList<Audience>();
            var probing = new ArrayList<Audience>();
            // Without a viewer: what a publisher costs, and being there at all.
            for (int size : IntStream.of(0, 1, 10, 25, 50, 100, 200, 400, 800, 1_600)
                    .filter(size -> size <= largest)
                    .toArray()) {
                grow(probes, probing, system.socket(), Math.min(PROBES, size));
                grow(crowd, audiences, system.socket(), size - Math.min(PROBES, size));
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                var load = measure(relay, size, audiences, probing, seconds);
                if (!load.good()) {
                    // Once may have been somebody else's doing.
                    load = measure(relay, size, audiences, probing, seconds);
                }
                loads.add(load);
                if (!load.good()) {
                    break;
                }
            }
            Files.writeString(
                    settings.home().resolve("target/bench/relay-histogram.txt"),
                    relay.spawned().jcmd("GC.class_histogram"));
        } finally {
            Waiting.get(vertx.close());
            relay.close();
        }
        loads.forEach(load -> add(report, load, loads.getFirst()));
        summarize(report, loads);
        return report;
    }

    private static void warmUp(LoadAgent agent, URI url) throws Exception {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            var audiences = new ArrayList<Audience>();
            grow(agent, audiences, url, WARM);
            for (var audience : audiences) {
                Waiting.get(audience.leave());
            }
        }
    }

    /** On a machine that is busy some are refused for want of an answer in time; others come in their place. */
    private static void grow(LoadAgent agent, List<Audience> audiences, URI url, int size) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS && there(audiences) < size; attempt++) {
            audiences.add(agent.audience(new Audience.Order(url, ROOM, null, size - there(audiences), RAMP, null)));
            Waiting.until("every viewer has a picture", PATIENCE, () -> audiences.stream()
                    .map(Audience::figures)
                    .allMatch(all -> all.firstPictures().size() + all.refused() == all.wanted()));
        }
        if (there(audiences) < size) {
            throw new IllegalStateException("not all of " + size + " viewers were let in");
        }
    }

    private static int there(List<Audience> audiences) {
        return audiences.stream()
                .mapToInt(audience -> audience.figures().entered())
                .sum();
    }

    private static Load measure(
            RelayProcess relay, int size, List<Audience> audiences, List<Audience> probing, int seconds)
            throws IOException, InterruptedException {
        var everybody = new ArrayList<>(audiences);
        everybody.addAll(probing);
        var before = Totals.of(everybody);
        var delaysBefore = delays(probing);
        long cpuBefore = relay.cpuNanos();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double elapsed = System.nanoTime() - began;
        long cpu = relay.cpuNanos() - cpuBefore;
        var after = Totals.of(everybody);
        double packets = after.packets - before.packets;
        var delays = delays(probing).since(delaysBefore);
        return new Load(
                size,
                100 * cpu / elapsed,
                relay.memory(),
                Machine.threads(relay.pid()),
                packets / elapsed * 1e9,
                packets == 0 ? 0 : (after.bytes - before.bytes) / packets,
                after.lost - before.lost,
                after.incomplete - before.incomplete,
                delays.percentile(50).toNanos() / 1e6,
                delays.percentile(99).toNanos() / 1e6);
    }

    private static DelayHistogram delays(List<Audience> audiences) {
        var all = new DelayHistogram();
        audiences.forEach(audience -> all.add(audience.delays()));
        return all;
    }

    private record Totals(long packets, long bytes, long lost, long incomplete) {

        static Totals of(List<Audience> audiences) {
            var totals = audiences.stream()
                    .map(Audience::figures)
                    .map(AudienceFigures::total)
                    .toList();
            return new Totals(
                    totals.stream().mapToLong(total -> total.packets()).sum(),
                    totals.stream().mapToLong(total -> total.bytes()).sum(),
                    totals.stream().mapToLong(total -> total.packetsLost()).sum(),
                    totals.stream()
                            .mapToLong(total -> total.picture().incomplete())
                            .sum());
        }
    }

    private static void add(Report report, Load load, Load idle) {
        var suffix = "_" + load.viewers + "_viewers";
        if (load == idle) {
            report.add(Figure.lower("relay_cpu_percent" + suffix, load.cpuPercent, "% of a core"));
            report.add(Figure.lower("relay_rss" + suffix, load.memory.residentKibibytes() / 1_024, "MiB"));
            return;
        }
        report.add(Figure.lower("relay_cpu_percent" + suffix, load.cpuPercent, "% of a core")
                .limit(limit(load)));
        report.add(Figure.higher("packets_per_second" + suffix, load.packetsPerSecond, "1/s"));
        report.add(Figure.lower("cpu_per_packet" + suffix, load.cpuPercent * 1e4 / load.packetsPerSecond, "µs"));
        report.add(Figure.lower("delay_p50" + suffix, load.delayMedianMs, "ms"));
        report.add(Figure.lower("delay_p99" + suffix, load.delayP99Ms, "ms"));
        report.add(Figure.lower("packets_lost" + suffix, load.lost, "packets"));
        report.add(Figure.lower("frames_incomplete" + suffix, load.incomplete, "frames"));
        report.add(Figure.lower("relay_rss" + suffix, load.memory.residentKibibytes() / 1_024, "MiB"));
        report.add(Figure.lower("relay_threads" + suffix, load.threads, "threads"));
    }

    private static double limit(Load load) {
        return PacketLimit.cpuMicros((int) load.bytesPerPacket) * load.packetsPerSecond / 1e4;
    }

    private static void summarize(Report report, List<Load> loads) {
        // What those who have been there to warm up gave back may still count as the process's: from there on it grows.
        var warm = loads.stream()
                .filter(load -> load.viewers <= WARM)
                .reduce((smaller, larger) -> larger)
                .orElseThrow();
        loads.stream().filter(load -> load.viewers == TARGET_SIZE).findFirst().ifPresent(load -> {
            report.add(Figure.lower("cpu_percent_100", load.cpuPercent, "% of a core")
                    .limit(limit(load))
                    .target(10));
            report.add(
                    Figure.lower("forward_delay_p99_ms", load.delayP99Ms, "ms").target(LATE_MS));
        });
        loads.stream()
                .filter(load -> load.viewers > 0 && load.good())
                .reduce((smaller, larger) -> larger)
                .ifPresent(load -> {
                    report.add(Figure.higher("viewers_without_fault", load.viewers, "viewers"));
                    report.add(Figure.higher("viewers_per_core", load.viewers * 100 / load.cpuPercent, "viewers")
                            .limit(load.viewers * 100 / limit(load)));
                    double more = Math.max(1, load.viewers - warm.viewers);
                    double heap = (load.memory.heapKibibytes() - warm.memory.heapKibibytes()) / more;
                    double beside = (load.memory.residentKibibytes() - warm.memory.residentKibibytes()) / more;
                    report.add(Figure.lower("memory_per_viewer", heap + beside, "KiB")
                            .target(50));
                    report.add(Figure.lower("heap_per_viewer", heap, "KiB"));
                    report.add(Figure.lower("beside_heap_per_viewer", beside, "KiB"));
                });
    }
}
