package dev.grandstand.e2e.bench;

import dev.grandstand.e2e.bench.Separately.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an idle session that has joined a room keeps of signaling-svc's memory. The limit: a socket of Vert.x alone. */
final class SessionsBench implements Benchmark {

    private static final int SESSIONS = 10_000;
    /** Everything that is there once, and not for each session. */
    private static final int FIRST = 200;

    private static final int A_ROOM = 100;
    private static final int SETTLE_SECONDS = 3;
    private static final double TARGET_RATIO = 1.35;
    /** So that memory that is free again goes back to the system, and RSS says what is needed. */
    private static final String[] JVM = {"-Xms64m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10"};

    private record Memory(double heap, double resident) {

        static Memory of(Spawned process) throws IOException, InterruptedException {
            process.jcmd("GC.run");
            long heap = process.liveHeapBytes();
            return new Memory(heap, process.residentBytes());
        }

        Memory each(Memory before, int sessions) {
            return new Memory((heap - before.heap) / sessions, (resident - before.resident) / sessions);
        }
    }

    @Override
    public Report run(Settings settings) throws Exception {
        int sessions = settings.sizeOr(SESSIONS);
        int settle = settings.secondsOr(SETTLE_SECONDS);
        Memory ours;
        Memory bare;
        try (var system = Separately.start(settings)) {
            var server = system.startBare(Runtime.getRuntime().availableProcessors(), JVM);
            bare = measure(system, server, new Audience(null, 1), sessions, settle);
            server.close();
            system.start(Program.ROOM, Map.of());
            system.start(Program.CHAT, Map.of());
            var signaling = system.start(
                    Program.SIGNALING,
                    Map.of(
                            "GRANDSTAND_CONNECTIONS_PER_ADDRESS", "unlimited",
                            "GRANDSTAND_JOINS_PER_ADDRESS", "unlimited",
                            "GRANDSTAND_MAX_SESSIONS", "1000000"),
                    JVM);
            var audience = new Audience(
                    number -> "{\"type\":\"join\",\"id\":1,\"room\":\"bench-" + number / A_ROOM
                            + "\",\"name\":\"Visitor " + number + "\"}",
                    1);
            ours = measure(system, signaling, audience, sessions, settle);
            Files.writeString(
                    settings.home().resolve("target/bench/sessions-histogram.txt"),
                    signaling.jcmd("GC.class_histogram"));
        }
        return new Report("sessions")
                .parameter("sessions", sessions)
                .parameter("people_in_each_room", A_ROOM)
                .add(Figure.lower("heap_bytes_per_session", ours.heap, "B").limit(bare.heap))
                .add(Figure.lower("rss_bytes_per_session", ours.resident, "B").limit(bare.resident))
                .add(Figure.lower("heap_of_bare_ratio", ours.heap / bare.heap, "")
                        .target(TARGET_RATIO))
                .add(Figure.lower("rss_of_bare_ratio", ours.resident / bare.resident, ""));
    }

    private static Memory measure(Separately system, Spawned server, Audience audience, int sessions, int settle)
            throws Exception {
        try (var swarm = audience.at(system.port(server))) {
            audience.gather(FIRST, Duration.ofSeconds(60));
            TimeUnit.SECONDS.sleep(settle);
            var before = Memory.of(server);
            audience.gather(FIRST + sessions, Duration.ofSeconds(150));
            TimeUnit.SECONDS.sleep(settle);
            var after = Memory.of(server);
            swarm.isWell();
            return after.each(before, sessions);
        }
    }
}
