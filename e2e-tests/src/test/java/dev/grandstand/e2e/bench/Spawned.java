package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that a benchmark started; it ends with the benchmark, however that ends. */
final class Spawned implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int JCMD_SECONDS = 60;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;

    Spawned(String name, Process process) {
        this.name = name;
        this.process = process;
        RUNNING.add(process);
    }

    static String java() {
        return tool("java");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    String name() {
        return name;
    }

    /** Without the number of this process. */
    String program() {
        return name.replaceFirst("-\\d+$", "").replace('-', '_');
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time so far, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Processor time of Java's compilers so far, in seconds. */
    double compilerSeconds() {
        return Machine.compilerSeconds(process.pid());
    }

    double residentBytes() {
        return Machine.residentMebibytes(process.pid()) * (1 << 20);
    }

    /** What lives on the heap, in bytes; collects the garbage first. */
    long liveHeapBytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        var total = jcmd("GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(Arrays.asList(total.strip().split("\\s+")).get(2));
    }

    /** What {@code jcmd} says to one of its commands. */
    String jcmd(String... command) throws IOException, InterruptedException {
        var whole = new java.util.ArrayList<>(java.util.List.of(tool("jcmd"), String.valueOf(process.pid())));
        whole.addAll(Arrays.asList(command));
        var asking = new ProcessBuilder(whole).redirectErrorStream(true).start();
        RUNNING.add(asking);
        try {
            var said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            asking.waitFor(JCMD_SECONDS, TimeUnit.SECONDS);
            return said;
        } finally {
            asking.destroyForcibly();
            RUNNING.remove(asking);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(JCMD_SECONDS, TimeUnit.SECONDS);
        RUNNING.remove(process);
    }

    /** SIGTERM, and a while later SIGKILL. */
    @Override
    public void close() {
        RunningSystem.stop(process);
        RUNNING.remove(process);
    }

    @Override
    public String toString() {
        return name + Map.of("pid", process.pid());
    }
}
