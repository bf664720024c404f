package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** {@code ./grandstand run} as a process of its own, on free ports, as somebody at a keyboard would start it. */
final class RunningSystem implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int LOWEST_PORT = 20_000;
    private static final int BEYOND_PORTS = 32_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final int port;
    private final int kafkaPort;
    private final double startSeconds;

    private RunningSystem(Process process, int port, int kafkaPort, double startSeconds) {
        this.process = process;
        this.port = port;
        this.kafkaPort = kafkaPort;
        this.startSeconds = startSeconds;
    }

    /** Starts it and waits until the lobby answers. */
    static RunningSystem start(Settings settings, Path dataDir, Map<String, String> variables) throws Exception {
        var ports = freePorts(6);
        var environment = new HashMap<>(variables);
        environment.put("GRANDSTAND_KAFKA_PORT", ports.get(1).toString());
        environment.put("GRANDSTAND_RELAY_PORT", ports.get(2).toString());
        environment.put("GRANDSTAND_ROOM_PORT", ports.get(3).toString());
        environment.put("GRANDSTAND_CHAT_PORT", ports.get(4).toString());
        environment.put("GRANDSTAND_ALLOCATOR_PORT", ports.get(5).toString());
        var command = List.of(
                settings.home().resolve("grandstand").toString(),
                "run",
                "--port",
                ports.get(0).toString(),
                "--data-dir",
                dataDir.toString());
        var began = System.nanoTime();
        var process = spawn(settings, "run", command, environment);
        try {
            var page = URI.create("http://127.0.0.1:" + ports.get(0) + "/");
            Waiting.until("the page answers", START_LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it ended at once, see target/bench/run.log");
                }
                return Waiting.answers(page);
            });
        } catch (RuntimeException | InterruptedException e) {
            stop(process);
            throw e;
        }
        return new RunningSystem(process, ports.get(0), ports.get(1), (System.nanoTime() - began) / 1e9);
    }

    static Process spawn(Settings settings, String name, List<String> command, Map<String, String> variables)
            throws IOException {
        var log =
                Files.createDirectories(settings.home().resolve("target/bench")).resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(settings.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Below those that the kernel gives to outgoing connections, of which there are thousands here before a port is used. */
    static List<Integer> freePorts(int count) {
        return ThreadLocalRandom.current()
                .ints(LOWEST_PORT, BEYOND_PORTS)
                .distinct()
                .filter(RunningSystem::isFree)
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    double startSeconds() {
        return startSeconds;
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + port + "/ws");
    }

    /** By name, which browsers trust with cameras. */
    String page(String path) {
        return "http://localhost:" + port + path;
    }

    double residentMebibytes() {
        return Machine.residentMebibytes(process.pid());
    }

    /** Asks it to stop (SIGTERM) and waits until it has. */
    double stopSeconds() {
        var began = System.nanoTime();
        stop(process);
        return (System.nanoTime() - began) / 1e9;
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(process);
    }
}
