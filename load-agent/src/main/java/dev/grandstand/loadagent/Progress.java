package dev.grandstand.loadagent;

import dev.grandstand.servicekit.OwnProcess;
import java.time.Duration;

/** Makes rates out of figures that only grow. One thread at a time. */
final class Progress {

    /** Figures of one moment, with the delays behind their percentiles. */
    record Now(AudienceFigures figures, DelayHistogram delays) {}

    private final long began;
    private long lastAt;
    private long lastCpu = OwnProcess.cpuNanos();
    private long bytes;
    private long frames;
    private long lost;
    private long incomplete;
    private long freezes;
    private DelayHistogram delays = new DelayHistogram();

    Progress(long began) {
        this.began = began;
        this.lastAt = began;
    }

    synchronized Sample sample(Now now) {
        long at = System.nanoTime();
        double seconds = Math.max(1e-3, (at - lastAt) / 1e9);
        long cpu = OwnProcess.cpuNanos();
        var figures = now.figures();
        var total = figures.total();
        var recent = now.delays().since(delays);
        var sample = new Sample(
                (at - began) / 1e9,
                figures.entered(),
                figures.firstPictures().size(),
                figures.refused(),
                (total.bytes() - bytes) * 8 / 1e6 / seconds,
                (total.frames() - frames) / seconds,
                total.packetsLost() - lost,
                total.picture().incomplete() - incomplete,
                total.picture().freezes() - freezes,
                millis(total.jitter()),
                millis(recent.percentile(50)),
                millis(recent.percentile(99)),
                (cpu - lastCpu) / 1e7 / seconds,
                OwnProcess.residentMebibytes());
        lastAt = at;
        lastCpu = cpu;
        bytes = total.bytes();
        frames = total.frames();
        lost = total.packetsLost();
        incomplete = total.picture().incomplete();
        freezes = total.picture().freezes();
        delays = now.delays();
        return sample;
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
