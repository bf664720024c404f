package dev.grandstand.e2e.bench;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A browser's processes, of which there are many and new ones all the time: all descendants of ours but some. */
record ProcessGroup(Set<Long> others) {

    /** Whatever comes after now. */
    static ProcessGroup newFromNowOn() {
        return new ProcessGroup(ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .collect(Collectors.toCollection(HashSet::new)));
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process.pid()))
                .toList();
    }

    long cpuNanos() {
        return processes().stream()
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /** What several share counts in shares. */
    double proportionalMebibytes() {
        return processes().stream()
                .mapToDouble(process -> Machine.proportionalMebibytes(process.pid()))
                .sum();
    }
}
