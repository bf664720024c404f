package dev.grandstand.allinone;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./grandstand run}. */
public final class Main {

    private static final Map<String, String> OPTIONS = Map.of(
            "--port", "GRANDSTAND_SIGNALING_PORT",
            "--data-dir", "GRANDSTAND_DATA_DIR");

    private Main() {}

    /** Runs until Ctrl-C. Exits with 2 on bad usage, with 1 when something does not start. */
    public static void main(String[] args) {
        try {
            var config = AllInOneConfig.from(Env.system().with(options(args)));
            var began = System.nanoTime();
            var grandstand = Grandstand.start(config);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
                        System.out.println("Stopping ...");
                        grandstand.close();
                        System.out.println("Stopped. Everything acknowledged is in " + config.dataDir() + ".");
                    }));
            System.out.printf(
                    "%nGrandstand is open:  http://localhost:%d   (started in %.1f s; Ctrl-C stops it)%n%n",
                    grandstand.httpPort(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1e3);
        } catch (BadConfiguration e) {
            System.err.println("grandstand: " + e.getMessage());
            System.exit(2);
        } catch (IOException | RuntimeException e) {
            System.err.println("grandstand: cannot start: " + e.getMessage());
            System.err.println("            (is it running already? --port and --data-dir choose others,"
                    + " GRANDSTAND_KAFKA_PORT and GRANDSTAND_RELAY_PORT too)");
            System.exit(1);
        }
    }

    private static Map<String, String> options(String[] args) {
        var variables = new HashMap<String, String>();
        for (int i = 0; i < args.length; i += 2) {
            var variable = OPTIONS.get(args[i]);
            if (variable == null || i + 1 == args.length) {
                System.err.println("grandstand: run takes --port PORT and --data-dir FOLDER, not " + args[i]);
                System.exit(2);
                break;
            }
            variables.put(variable, args[i + 1]);
        }
        return variables;
    }
}
