package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From {@code ./grandstand run} to a page, on a fresh folder and again; what it takes of the memory; and how it stops. The
 * limit is the embedded Kafka alone, in a process that does nothing else.
 */
final class StartBench implements Benchmark {

    private static final int STARTS = 3;
    private static final int SETTLE_SECONDS = 10;
    private static final double WARM_TARGET_SECONDS = 15;
    private static final double STOP_TARGET_SECONDS = 5;

    private final Samples cold = new Samples();
    private final Samples warm = new Samples();
    private final Samples stop = new Samples();
    private final Samples idle = new Samples();
    private final Samples watched = new Samples();
    private final Samples coldKafka = new Samples();
    private final Samples warmKafka = new Samples();
    private final Samples kafkaResident = new Samples();

    @Override
    public Report run(Settings settings) throws Exception {
        int starts = settings.sizeOr(STARTS);
        int settle = settings.secondsOr(SETTLE_SECONDS);
        for (int i = 0; i < starts; i++) {
            try (var folder = FreshFolder.fresh()) {
                kafkaAlone(settings, folder.path().resolve("alone"), coldKafka);
                kafkaAlone(settings, folder.path().resolve("alone"), warmKafka);
                run(settings, folder.path(), cold, 0);
                run(settings, folder.path(), warm, i == 0 ? settle : 0);
            }
        }
        return new Report("start")
                .parameter("starts", starts)
                .parameter("settle_seconds", settle)
                .add(Figure.lower("cold_start_s", cold.median(), "s").limit(coldKafka.median()))
                .add(Figure.lower("warm_start_s", warm.median(), "s")
                        .limit(warmKafka.median())
                        .target(WARM_TARGET_SECONDS))
                .add(Figure.lower("stop_s", stop.median(), "s").target(STOP_TARGET_SECONDS))
                .add(Figure.lower("idle_rss_mib", idle.median(), "MiB").limit(kafkaResident.median()))
                .add(Figure.lower("one_presenter_three_viewers_rss_mib", watched.median(), "MiB"));
    }

    private void run(Settings settings, Path folder, Samples starts, int settle) throws Exception {
        try (var system = RunningSystem.start(settings, folder, Map.of())) {
            starts.add(system.startSeconds());
            if (settle > 0) {
                TimeUnit.SECONDS.sleep(settle);
                idle.add(system.residentMebibytes());
                show(system, settle);
            }
            stop.add(system.stopSeconds());
        }
    }

    private void show(RunningSystem system, int seconds) throws Exception {
        var vertx = Vertx.vertx();
        var room = new RoomId("bench-start");
        try (var agent = LoadAgent.on(vertx)) {
            Waiting.get(agent.publish(system.socket(), room, new DisplayName("Ann"), PictureShape.SMALL));
            for (int i = 0; i < 3; i++) {
                Waiting.get(agent.view(system.socket(), room, new DisplayName("Viewer " + i)));
            }
            TimeUnit.SECONDS.sleep(seconds);
            watched.add(system.residentMebibytes());
        } finally {
            Waiting.get(vertx.close());
        }
    }

    private void kafkaAlone(Settings settings, Path folder, Samples samples) throws Exception {
        var ready = folder.resolveSibling("ready");
        Files.deleteIfExists(ready);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaAlone.class.getName(),
                folder.toString(),
                ready.toString(),
                "0");
        long began = System.nanoTime();
        var process = RunningSystem.spawn(settings, "kafka-alone", command, Map.of());
        try {
            Waiting.until("Kafka alone", Duration.ofSeconds(60), () -> Files.exists(ready));
            samples.add((System.nanoTime() - began) / 1e9);
            kafkaResident.add(Machine.residentMebibytes(process.pid()));
        } finally {
            RunningSystem.stop(process);
        }
    }
}
