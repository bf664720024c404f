package dev.grandstand.servicekit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process takes of its machine. */
public final class OwnProcess {

    private OwnProcess() {}

    /** Adds both to what {@code /metrics} shows, under the names that Prometheus has for them. */
    static void show(MeterRegistry meters) {
        FunctionCounter.builder("process.cpu", OwnProcess.class, own -> cpuNanos() / 1e9)
                .description("processor time of this process")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("process.resident.memory", () -> residentMebibytes() * (1 << 20))
                .description("resident memory of this process")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Processor time so far, 0 where the system does not tell. */
    public static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Resident memory, 0 where the system does not tell. */
    public static double residentMebibytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1_024.0;
        } catch (IOException e) {
            // Not Linux.
            return 0;
        }
    }
}
