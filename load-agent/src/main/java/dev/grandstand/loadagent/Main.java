package dev.grandstand.loadagent;

import dev.grandstand.servicekit.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./grandstand stress}: load from the command line. */
public final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Main() {}

    /** Exits with 2 on bad usage, and with 1 when somebody does not get in or sees nothing. */
    public static void main(String[] args) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("stress: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        var vertx = Launch.vertx();
        boolean good = false;
        try (var agent = LoadAgent.on(vertx)) {
            good = new StressRun(options, agent, System.out).run();
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("stress: "
                    + (e.getCause() == null ? "no answer" : e.getCause().getMessage()));
        } catch (IOException e) {
            System.err.println("stress: no report: " + e);
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("stress: did not end in order: " + e.getMessage());
        }
        System.exit(good ? 0 : 1);
    }
}
