package dev.grandstand.e2e.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From the command to {@code /health/ready}, by the clock, of each service as its image has it ({@code ./grandstand images}
 * comes first): the image's own Java, flags and start-up archive, on one core. Kafka is a process of its own, on whatever core
 * is free. The limit is that Java saying its version, on the same core.
 */
final class ReadyBench implements Benchmark {

    private static final int STARTS = 3;
    private static final double TARGET_MS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ARCHIVE = "-XX:AOTCache=";
    private static final List<String> ONE_CORE = List.of("taskset", "-c", "0");

    /** A service, and the variable that says where its probes are. */
    private enum Service {
        SIGNALING("signaling-svc", "GRANDSTAND_SIGNALING_PORT"),
        ROOM("room-svc", "GRANDSTAND_ROOM_PORT"),
        CHAT("chat-svc", "GRANDSTAND_CHAT_PORT"),
        ALLOCATOR("media-allocator-svc", "GRANDSTAND_ALLOCATOR_PORT"),
        RELAY("media-relay", "GRANDSTAND_RELAY_HEALTH_PORT"),
        AGENT("load-agent", "GRANDSTAND_AGENT_PORT");

        private final String module;
        private final String port;

        Service(String module, String port) {
            this.module = module;
            this.port = port;
        }

        String figure(String what) {
            return module.replace('-', '_') + what;
        }
    }

    @Override
    public Report run(Settings settings) throws Exception {
        int starts = settings.sizeOr(STARTS);
        var report = new Report("ready").parameter("starts", starts);
        try (var system = Separately.start(settings)) {
            for (var service : Service.values()) {
                try (var folder = FreshFolder.fresh()) {
                    measure(settings, system, service, folder.path(), starts, report);
                }
            }
        }
        return report;
    }

    private static void measure(
            Settings settings, Separately system, Service service, Path folder, int starts, Report report)
            throws Exception {
        var command = unpacked(settings.home().resolve("target/images/" + service.module + ".tar"), folder);
        if (service == Service.AGENT) {
            command.add("agent");
        }
        var version = new ArrayList<>(ONE_CORE);
        version.addAll(List.of(command.getFirst(), "-version"));
        var limit = new Samples();
        var ready = new Samples();
        for (int i = 0; i < starts; i++) {
            long began = System.nanoTime();
            run(version, folder);
            limit.addMillisSince(began);
            ready.add(readyAfter(settings, system, service, command));
        }
        var without = new ArrayList<>(command);
        without.removeIf(flag -> flag.startsWith(ARCHIVE));
        report.add(Figure.lower(service.figure("_ready_ms"), ready.median(), "ms")
                        .limit(limit.median())
                        .target(TARGET_MS))
                .add(Figure.lower(
                        service.figure("_without_archive_ms"), readyAfter(settings, system, service, without), "ms"));
    }

    private static double readyAfter(Settings settings, Separately system, Service service, List<String> command)
            throws Exception {
        int port = RunningSystem.freePorts(1).getFirst();
        var variables = new HashMap<>(Map.of(
                service.port, String.valueOf(port), "GRANDSTAND_KAFKA", system.kafka(), "GRANDSTAND_RELAY_PORT", "0"));
        variables.put("GRANDSTAND_RELAY_HOST", "127.0.0.1");
        var onOneCore = new ArrayList<>(ONE_CORE);
        onOneCore.addAll(command);
        long began = System.nanoTime();
        try (var started = new Spawned(
                service.module, RunningSystem.spawn(settings, service.module + "-ready", onOneCore, variables))) {
            var probe = URI.create("http://127.0.0.1:" + port + "/health/ready");
            Waiting.until(service.module + " is ready", PATIENCE, () -> !started.isAlive() || Waiting.answers(probe));
            if (!started.isAlive()) {
                throw new IllegalStateException(
                        service.module + " ended, see target/bench/" + service.module + "-ready.log");
            }
            return (System.nanoTime() - began) / 1e6;
        }
    }

    /** The image's file system in a folder: the command that it is started with, led there. */
    private static List<String> unpacked(Path tar, Path folder) throws IOException, InterruptedException {
        if (!Files.exists(tar)) {
            throw new IOException(tar + " is missing: ./grandstand images makes it");
        }
        var root = Files.createDirectories(folder.resolve("root"));
        run(List.of("tar", "-C", folder.toString(), "-xf", tar.toString()), folder);
        var manifest = new JsonArray(Files.readString(folder.resolve("manifest.json"))).getJsonObject(0);
        for (var layer : manifest.getJsonArray("Layers")) {
            run(
                    List.of(
                            "tar",
                            "-C",
                            root.toString(),
                            "--no-same-owner",
                            "--warning=no-unknown-keyword",
                            "-xzf",
                            folder.resolve((String) layer).toString()),
                    folder);
        }
        var image = new JsonObject(Files.readString(folder.resolve(manifest.getString("Config"))));
        var classPath = root.resolve("app/jib-classpath-file");
        Files.writeString(classPath, Files.readString(classPath).replace("/app/", root + "/app/"));
        var command = new ArrayList<String>();
        for (var part : image.getJsonObject("config").getJsonArray("Entrypoint")) {
            command.add(((String) part).replace("/app/", root + "/app/"));
        }
        command.set(0, root.resolve("opt/java/openjdk/bin/java").toString());
        return command;
    }

    private static void run(List<String> command, Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " failed: " + Files.readString(folder.resolve("said")));
        }
    }
}
