package dev.grandstand.e2e.bench;

import dev.grandstand.protocol.RoomId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How long people wait when room-svc dies. They join all the time, everywhere, and whoever waits longest tells. Cold: the
 * killed process is started again at once and reads everything anew. With a standby: another process has a copy and takes
 * over. Each also in order (SIGTERM instead of SIGKILL).
 */
final class RestoreBench implements Benchmark {

    private static final int ROOMS = 1_000;
    private static final int PEOPLE = 100_000;
    private static final int SETTLE_SECONDS = 2;
    private static final int PARTITIONS = 8;
    /** Whoever pays for standbys wants them to be asked soon. */
    private static final Duration COPY_LIMIT = Duration.ofSeconds(60);

    private static final double COLD_TARGET_SECONDS = 10;
    private static final double STANDBY_TARGET_SECONDS = 2;
    private static final String COMPLETE = "grandstand_decider_copies_complete";

    private final List<RoomId> rooms =
            IntStream.range(0, ROOMS).mapToObj(i -> new RoomId("bench-" + i)).toList();

    @Override
    public Report run(Settings settings) throws Exception {
        int people = settings.sizeOr(PEOPLE) / ROOMS;
        int settle = settings.secondsOr(SETTLE_SECONDS);
        var report = new Report("restore").parameter("rooms", ROOMS).parameter("people", people * ROOMS);
        try (var system = Separately.start(settings)) {
            var first = room(system, "a");
            try (var line = new RoomLine(system.kafka())) {
                line.fill(rooms, people);
                var probes = new Probes(line, rooms);
                TimeUnit.SECONDS.sleep(settle);
                report.add(Figure.lower("cold_s", cold(system, probes, first, true), "s")
                        .target(COLD_TARGET_SECONDS));
                var second = system.newest();
                expect(probes, people);
                report.add(Figure.lower("cold_in_order_s", cold(system, probes, second, false), "s")
                        .target(COLD_TARGET_SECONDS));
                var third = system.newest();
                var standby = standby(system, "b", third);
                report.add(Figure.lower("standby_s", probes.longestWait(() -> end(third, true)), "s")
                        .target(STANDBY_TARGET_SECONDS));
                expect(probes, people);
                var another = standby(system, "c", standby);
                report.add(Figure.lower("standby_in_order_s", probes.longestWait(() -> end(standby, false)), "s")
                        .target(STANDBY_TARGET_SECONDS));
                report.add(Figure.lower("room_svc_rss_mib", another.residentBytes() / (1 << 20), "MiB"));
            }
        }
        return report;
    }

    private static double cold(Separately system, Probes probes, Spawned process, boolean killed) throws Exception {
        return probes.longestWait(() -> {
            end(process, killed);
            return room(system, "a");
        });
    }

    private static boolean end(Spawned process, boolean killed) throws InterruptedException {
        if (killed) {
            process.kill();
        } else {
            process.close();
        }
        return killed;
    }

    private static Spawned standby(Separately system, String name, Spawned active) throws Exception {
        var standby = room(system, name);
        Waiting.until(
                "the standby has copied everything",
                COPY_LIMIT,
                () -> system.metric(active, COMPLETE) + system.metric(standby, COMPLETE) == 2 * PARTITIONS);
        return standby;
    }

    /** An answer is worth something only from somebody who knows who is there. */
    private void expect(Probes probes, int people) throws Exception {
        int found = probes.audience(rooms.getFirst());
        if (found <= people) {
            throw new IllegalStateException("of " + people + " people " + found + " are left");
        }
    }

    private static Spawned room(Separately system, String name) throws IOException, InterruptedException {
        return system.start(
                Separately.Program.ROOM,
                Map.of(
                        "GRANDSTAND_INSTANCE",
                        "room-" + name,
                        // Nobody's signaling instance says that it lives: these people have none.
                        "GRANDSTAND_INSTANCE_GRACE",
                        "4h",
                        "GRANDSTAND_STANDBYS",
                        "1",
                        "GRANDSTAND_TOPIC_PARTITIONS",
                        String.valueOf(PARTITIONS)));
    }
}
