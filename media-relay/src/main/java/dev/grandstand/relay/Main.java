package dev.grandstand.relay;

import dev.grandstand.servicekit.Launch;
import java.util.List;

/** Runs a media relay: {@code java -jar media-relay.jar --port 8888}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Flags.USAGE);
            return;
        }
        Launch.main(env -> RelayServiceConfig.from(env.with(Flags.parse(arguments))), RelayService::new);
    }
}
