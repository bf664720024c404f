package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code media-relay.jar} in a process of its own, as on a node. */
record RelayProcess(Process process, Spawned spawned, URI uri) implements AutoCloseable {

    /** Options for the relay's JVM, in place of none: to profile it, for example. */
    private static final String JVM_OPTIONS = "GRANDSTAND_BENCH_RELAY_JVM";

    /** What lives on the heap and what the system has given, once garbage is gone. */
    record Memory(double heapKibibytes, double residentKibibytes) {}

    static RelayProcess start(Settings settings) throws Exception {
        int port = RunningSystem.freePorts(1).getFirst();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The heap is in RSS from the beginning: what that grows by is not garbage, and what lives is counted
                // apart.
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Xmn16m",
                // As in the image.
                "-XX:TrimNativeHeapInterval=10000",
                "--enable-native-access=ALL-UNNAMED"));
        var more = System.getenv(JVM_OPTIONS);
        if (more != null) {
            command.addAll(List.of(more.split(" ")));
        }
        command.addAll(List.of(
                "-jar",
                settings.home().resolve("media-relay/target/media-relay.jar").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port)));
        var process = RunningSystem.spawn(settings, "relay", command, Map.of());
        Waiting.until("the relay listens", Duration.ofSeconds(30), () -> accepts(port));
        return new RelayProcess(
                process, new Spawned("relay", process), URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    static boolean accepts(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    Memory memory() throws IOException, InterruptedException {
        double heap = spawned.liveHeapBytes() / 1_024.0;
        return new Memory(heap, spawned.residentBytes() / 1_024);
    }

    @Override
    public void close() {
        spawned.close();
    }
}
