package dev.grandstand.loadagent;

import dev.grandstand.loadagent.report.RunReport;
import dev.grandstand.protocol.DisplayName;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One stress run from the command line: a line a second while it lasts, then a report. */
final class StressRun {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LINES_TO_A_HEADING = 20;
    private static final String HEADING =
            "  time  viewers  picture  refused   Mbit/s  frames/s    lost  broken  freezes  jitter  delay p50/p99   CPU";

    private final Options options;
    private final LoadAgent agent;
    private final PrintStream out;
    private int printed;

    StressRun(Options options, LoadAgent agent, PrintStream out) {
        this.options = options;
        this.agent = agent;
        this.out = out;
    }

    /** Whether everybody got in and had a picture. */
    boolean run() throws InterruptedException, ExecutionException, TimeoutException, IOException {
        var started = Instant.now();
        List<Publisher> presenters = new ArrayList<>();
        for (int i = 0; i < options.presenters(); i++) {
            var ticket =
                    new Ticket(options.url(), options.room(), new DisplayName("Presenter " + (i + 1)), options.token());
            presenters.add(get(agent.publish(ticket, options.programme())));
        }
        tellOfWaiting(presenters);
        var audience = agent.audience(new Audience.Order(
                options.url(), options.room(), null, options.viewers(), options.ramp(), options.token()));
        out.printf("%d viewers to %s in %s, %s a second%n", options.viewers(), options.room(), options.url(), rate());
        follow(audience);
        var figures = audience.figures();
        var report = new RunReport(
                started,
                options.room().toString(),
                options.url().toString(),
                options.viewers(),
                options.ramp(),
                options.presenters(),
                audience.samples(),
                figures,
                audience.viewers());
        summarize(figures);
        tellOfWaiting(presenters);
        out.printf("%s%n", report.write(options.report()));
        get(audience.leave());
        for (var presenter : presenters) {
            get(presenter.close());
        }
        return figures.firstPictures().size() == options.viewers();
    }

    /** A presenter waits for a seat as long as the run lasts. */
    private void tellOfWaiting(List<Publisher> presenters) {
        long waiting = presenters.stream()
                .filter(presenter -> presenter.figures().waiting())
                .count();
        if (waiting > 0) {
            out.printf("%d of %d presenters wait for a seat%n", waiting, presenters.size());
        }
    }

    private String rate() {
        return options.ramp() == Math.rint(options.ramp())
                ? String.valueOf((long) options.ramp())
                : String.valueOf(options.ramp());
    }

    private void follow(Audience audience) throws InterruptedException {
        double ramp = options.viewers() / options.ramp();
        long end = System.nanoTime() + (long) ((ramp + options.seconds()) * 1e9);
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            var samples = audience.samples();
            while (printed < samples.size()) {
                print(samples.get(printed++));
            }
        }
    }

    private void print(Sample sample) {
        if ((printed - 1) % LINES_TO_A_HEADING == 0) {
            out.println(HEADING);
        }
        out.printf(
                Locale.ROOT,
                "%5.0fs  %7d  %7d  %7d  %7.1f  %8.0f  %6d  %6d  %7d  %4.1fms  %6.1f/%6.1f  %3.0f%%%n",
                sample.second(),
                sample.entered(),
                sample.withPicture(),
                sample.refused(),
                sample.megabitsPerSecond(),
                sample.framesPerSecond(),
                sample.packetsLost(),
                sample.incomplete(),
                sample.freezes(),
                sample.jitterMs(),
                sample.delayMedianMs(),
                sample.delayP99Ms(),
                sample.cpuPercent());
    }

    private void summarize(AudienceFigures figures) {
        var total = figures.total();
        out.printf(
                Locale.ROOT,
                "%n%d of %d viewers had a picture; first one after %d ms (median), %d ms (slowest)%n",
                figures.firstPictures().size(),
                figures.wanted(),
                figures.firstPicture(50).toMillis(),
                figures.firstPicture(100).toMillis());
        out.printf(
                Locale.ROOT,
                "%d frames complete, %d not; %d freezes, longest gap %d ms; %d packets missed, %d repaired, %d lost%n",
                total.frames(),
                total.picture().incomplete(),
                total.picture().freezes(),
                total.picture().longestGap().toMillis(),
                total.repair().missed(),
                total.repair().repaired(),
                total.packetsLost());
        out.printf(
                Locale.ROOT,
                "delay %.1f ms (median), %.1f ms (p99); %d connections failed%n",
                Progress.millis(total.delayMedian()),
                Progress.millis(total.delayP99()),
                total.failures());
        figures.refusals().forEach((why, count) -> out.printf("%d refused: %s%n", count, why));
    }

    private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
