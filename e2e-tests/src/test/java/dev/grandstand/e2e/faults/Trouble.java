package dev.grandstand.e2e.faults;

import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ServiceProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What is done to the processes, one thing after another; after each the system is to work again. */
final class Trouble {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Probe probe;
    private int kills;
    private int pauses;

    Trouble(Cluster cluster, Probe probe) {
        this.cluster = cluster;
        this.probe = probe;
    }

    int kills() {
        return kills;
    }

    int pauses() {
        return pauses;
    }

    /** Kills them together, and starts them again at once, as an operator's machinery would. */
    void kill(ServiceProcess... processes) {
        var began = System.nanoTime();
        var all = List.of(processes);
        all.forEach(ServiceProcess::kill);
        all.forEach(ServiceProcess::start);
        all.forEach(ServiceProcess::awaitReady);
        kills += all.size();
        works("killed", began, processes);
    }

    /** Pauses them together. */
    void pause(ServiceProcess... processes) {
        var began = System.nanoTime();
        var all = Arrays.asList(processes);
        all.forEach(ServiceProcess::pause);
        try {
            Awaitility.await("the pause to be over")
                    .atMost(PAUSE.plusSeconds(20))
                    .until(() -> System.nanoTime() - began >= PAUSE.toNanos());
        } finally {
            all.forEach(ServiceProcess::resume);
        }
        pauses += all.size();
        works("paused", began, processes);
    }

    private void works(String what, long began, ServiceProcess... processes) {
        var names = Arrays.stream(processes).map(ServiceProcess::name).collect(Collectors.joining(" and "));
        for (int door = 0; door < cluster.signaling().size(); door++) {
            probe.awaitService(cluster.socket(door), names + " was " + what);
        }
        System.out.printf("%-9s %s: all works again after %.1f s%n", what, names, (System.nanoTime() - began) / 1e9);
    }
}
