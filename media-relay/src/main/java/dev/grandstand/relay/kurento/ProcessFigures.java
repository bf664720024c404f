package dev.grandstand.relay.kurento;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process uses of its machine. */
final class ProcessFigures {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** CPU time of the process since its start; zero where the platform does not tell. */
    Duration cpuTime() {
        return system instanceof com.sun.management.OperatingSystemMXBean detailed
                ? Duration.ofNanos(Math.max(0, detailed.getProcessCpuTime()))
                : Duration.ZERO;
    }

    /**
     * Percent of all processors used between two readings of {@link #cpuTime}.
     *
     * @param wall time between the readings, more than zero
     */
    double usedCpu(Duration before, Duration after, Duration wall) {
        var used = 100.0 * after.minus(before).toNanos() / ((double) wall.toNanos() * processors());
        return Math.clamp(used, 0, 100);
    }

    /** Resident memory in KiB; where the platform has no {@code /proc}, the memory that the JVM has taken. Reads a file. */
    long usedMemory() throws IOException {
        if (Files.isReadable(STATUS)) {
            try (var lines = Files.lines(STATUS)) {
                var resident = lines.filter(line -> line.startsWith(RESIDENT)).findFirst();
                if (resident.isPresent()) {
                    return Long.parseLong(resident.get().replaceAll("\\D", ""));
                }
            }
        }
        var memory = ManagementFactory.getMemoryMXBean();
        return (memory.getHeapMemoryUsage().getCommitted()
                        + memory.getNonHeapMemoryUsage().getCommitted())
                / 1024;
    }
}
