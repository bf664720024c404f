package dev.grandstand.loadagent;

import dev.grandstand.loadagent.rest.AgentApi;
import dev.grandstand.loadagent.rest.AgentConfig;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./grandstand stress}: load from the command line; {@code ./grandstand agent}: load as it is told over HTTP. */
public final class Main {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Main() {}

    /** Exits with 2 on bad usage, and with 1 when somebody does not get in or sees nothing. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0 && args[0].equals("agent")) {
            agent(Arrays.copyOfRange(args, 1, args.length));
        } else {
            stress(args);
        }
    }

    private static void agent(String... flags) {
        Launch.main(
                env -> {
                    try {
                        return AgentConfig.from(env, flags);
                    } catch (BadConfiguration e) {
                        System.err.print(AgentConfig.USAGE);
                        throw e;
                    }
                },
                (vertx, config) -> {
                    if (System.getenv("GRANDSTAND_AGENT_TOKEN") == null) {
                        System.out.println("token of this agent: " + config.token());
                    }
                    return new AgentApi(vertx, config);
                });
    }

    private static void stress(String... args) throws InterruptedException {
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
