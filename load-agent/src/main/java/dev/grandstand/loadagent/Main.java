package dev.grandstand.loadagent;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.servicekit.Launch;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Load from the command line: a line a second while it runs, and a summary. */
public final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Options options;
    private final LoadAgent agent;
    private final PrintStream out;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Viewer> viewers = new ArrayList<>();

    private Main(Options options, LoadAgent agent, PrintStream out) {
        this.options = options;
        this.agent = agent;
        this.out = out;
    }

    /** Exits with 2 on bad usage, and with 1 when somebody does not get in. */
    public static void main(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("load-agent: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        var vertx = Launch.vertx();
        int status = 0;
        try (var agent = LoadAgent.on(vertx)) {
            new Main(options, agent, System.out).run();
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("load-agent: "
                    + (e.getCause() == null ? "no answer" : e.getCause().getMessage()));
            status = 1;
        }
        await(vertx.close(), PATIENCE);
        System.exit(status);
    }

    private void run() throws InterruptedException, ExecutionException, TimeoutException {
        for (int i = 0; i < options.publishers(); i++) {
            publishers.add(get(agent.publish(options.url(), options.room(), name("Presenter", i), options.shape())));
        }
        for (int i = 0; i < options.viewers(); i++) {
            viewers.add(get(agent.view(options.url(), options.room(), name("Viewer", i))));
            out.printf("\r%d of %d viewers in %s ", i + 1, options.viewers(), options.room());
        }
        var before = total();
        for (int second = 1; second <= options.seconds(); second++) {
            TimeUnit.SECONDS.sleep(1);
            var now = total();
            out.printf(
                    "\r%d s: %d viewers, %.0f pictures/s, %.1f Mbit/s, %d packets lost   ",
                    second,
                    viewers.size(),
                    (double) (now.frames() - before.frames()),
                    (now.bytes() - before.bytes()) * 8 / 1e6,
                    now.lost());
            before = now;
        }
        summarize();
        for (var viewer : viewers) {
            await(viewer.close(), PATIENCE);
        }
        for (var publisher : publishers) {
            await(publisher.close(), PATIENCE);
        }
    }

    private record Total(long frames, long bytes, long lost, int failures) {}

    private Total total() {
        var figures = viewers.stream().map(Viewer::figures).toList();
        return new Total(
                figures.stream().mapToLong(ViewerFigures::frames).sum(),
                figures.stream().mapToLong(ViewerFigures::bytes).sum(),
                figures.stream().mapToLong(ViewerFigures::packetsLost).sum(),
                figures.stream().mapToInt(ViewerFigures::failures).sum());
    }

    private void summarize() {
        var total = total();
        var waits = viewers.stream()
                .flatMap(viewer -> viewer.figures().milestones().toFirstPicture().stream())
                .sorted()
                .toList();
        out.printf("%n%d of %d viewers had a picture", waits.size(), viewers.size());
        if (!waits.isEmpty()) {
            out.printf(
                    ", after %d ms (median), %d ms (slowest)",
                    waits.get(waits.size() / 2).toMillis(), waits.getLast().toMillis());
        }
        out.printf("; %d packets lost, %d failures%n", total.lost(), total.failures());
    }

    private static DisplayName name(String what, int index) {
        return new DisplayName(what + " " + (index + 1));
    }

    private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void await(Future<?> future, Duration limit) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("load-agent: did not end in order: " + e.getMessage());
        }
    }
}
