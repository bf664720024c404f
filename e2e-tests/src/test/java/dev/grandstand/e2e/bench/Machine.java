package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the figures were measured on; without it they mean nothing. */
final class Machine {

    private static final long MEBIBYTE = 1 << 20;

    /** USER_HZ, which is 100 wherever Linux runs Java. */
    private static final int TICKS_PER_SECOND = 100;

    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Comp");

    private Machine() {}

    static Map<String, Object> describe() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        var found = new LinkedHashMap<String, Object>();
        found.put("cores", system.getAvailableProcessors());
        found.put("cpu", fromProc("/proc/cpuinfo", "model name"));
        found.put("memory_mib", memory());
        found.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        found.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        // Above zero before we do anything: somebody else works here, and figures are worse than they could be.
        found.put("load_before", Math.round(system.getSystemLoadAverage() * 10) / 10.0);
        return found;
    }

    private static long memory() {
        var total = fromProc("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return total.isEmpty() ? 0 : Long.parseLong(total) / 1024;
    }

    /** Resident memory of a process in MiB; 0 where the system does not tell. */
    static double residentMebibytes(long pid) {
        var resident = fromProc("/proc/" + pid + "/status", "VmRSS").replaceAll("\\D", "");
        return resident.isEmpty() ? 0 : Long.parseLong(resident) * 1024.0 / MEBIBYTE;
    }

    /** Memory of a process in MiB, what it shares with others counted in shares; 0 where the system does not tell. */
    static double proportionalMebibytes(long pid) {
        var proportional = fromProc("/proc/" + pid + "/smaps_rollup", "Pss:").replaceAll("\\D", "");
        return proportional.isEmpty() ? 0 : Long.parseLong(proportional) * 1024.0 / MEBIBYTE;
    }

    /** How many threads a process has; 0 where the system does not tell. */
    static int threads(long pid) {
        var threads = fromProc("/proc/" + pid + "/status", "Threads");
        return threads.isEmpty() ? 0 : Integer.parseInt(threads);
    }

    /** Processor time that Java's compilers have taken in a process, in seconds; 0 where the system does not tell. */
    static double compilerSeconds(long pid) {
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToLong(Machine::compilerTicks).sum() / (double) TICKS_PER_SECOND;
        } catch (IOException e) {
            // Not Linux: the figure is left out, the measurement goes on.
            return 0;
        }
    }

    /** Of one thread, whose name is in parentheses: fields 14 and 15 of proc_pid_stat(5). */
    private static long compilerTicks(Path thread) {
        try {
            var stat = Files.readString(thread.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return COMPILER.matcher(stat).find() ? Long.parseLong(fields[11]) + Long.parseLong(fields[12]) : 0;
        } catch (IOException e) {
            // It has ended.
            return 0;
        }
    }

    private static String fromProc(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            // Not Linux: the figure is left out, the measurement goes on.
            return "";
        }
    }
}
