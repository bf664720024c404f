package dev.grandstand.eventlog.streams;

import com.sun.management.OperatingSystemMXBean;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.TopicCreation;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.protocol.CommandId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures command → committed event as a read-committed follower sees it, for several commit intervals. Not a test: run
 * its main by hand. Commands come one after another, the next a while after the event of the last.
 */
final class DecideLatency {

    private static final int WARM_UP = 200;
    private static final int COMMANDS = 500;

    private final Map<CommandId, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("decide-latency");
        var vertx = Vertx.vertx();
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            var settings = KafkaSettings.single(kafka.bootstrapServers());
            for (int interval :
                    Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray()) {
                new DecideLatency().measure(vertx, settings, interval);
            }
            get(vertx.close());
        }
    }

    private void measure(Vertx vertx, KafkaSettings settings, int interval) throws Exception {
        TopicCreation.ensure(settings, List.of(Counting.COMMANDS, Counting.EVENTS));
        var log = get(EventLog.open(vertx, settings));
        get(log.follow(Counting.EVENTS, From.NOW, event -> {
            var since = waiting.remove(event.cause());
            if (since != null) {
                since.complete(System.nanoTime());
            }
        }));
        var streams = new DeciderStreams(
                vertx,
                Counting.spec("latency-" + interval),
                new StreamsSettings(settings, 1, Duration.ofMillis(interval), 0, Duration.ofSeconds(6)));
        get(streams.start());
        var took = new double[COMMANDS];
        for (int n = -WARM_UP; n < COMMANDS; n++) {
            var command = Counting.add("room-" + Math.floorMod(n, 10), "x", 1);
            var seen = new CompletableFuture<Long>();
            waiting.put(command.id(), seen);
            long sent = System.nanoTime();
            log.publish(Counting.COMMANDS, command);
            long at = seen.get(20, TimeUnit.SECONDS);
            if (n >= 0) {
                took[n] = (at - sent) / 1e6;
            }
            Thread.sleep(10 + Math.floorMod(n, 7));
        }
        Arrays.sort(took);
        var idle = cpuWhile(() -> Thread.sleep(5_000));
        var busy = cpuWhile(() -> {
            for (int n = 0; n < 1_000; n++) {
                log.publish(Counting.COMMANDS, Counting.add("room-" + n % 10, "x", 1));
                Thread.sleep(5);
            }
        });
        System.out.printf(
                "interval %d ms: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " process CPU idle %.0f %%, with 200 commands a second %.0f %% of a core%n",
                interval,
                took[COMMANDS / 2],
                took[COMMANDS * 9 / 10],
                took[COMMANDS * 99 / 100],
                took[COMMANDS - 1],
                idle,
                busy);
        get(streams.stop());
        get(log.close());
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Of one core, in percent; the embedded broker's share included. */
    private static double cpuWhile(Work work) throws Exception {
        long from = System.nanoTime();
        var before = cpu();
        work.run();
        return 100.0 * (cpu() - before) / (System.nanoTime() - from);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
