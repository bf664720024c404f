package dev.grandstand.loadagent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of its machine. */
public final class OwnProcess {

    private OwnProcess() {}

    /** Processor time so far, 0 where the system does not tell. */
    public static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos())
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
