package dev.grandstand.e2e.cluster;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A start-up archive of the media relay, trained as its image's is (ADR 15): an installation's relays start with one. */
public final class RelayArchive {

    private RelayArchive() {}

    /**
     * Trains a relay from the jar that the build packaged. Blocks for some ten seconds.
     *
     * @param folder where the archive and the log go
     * @param jvm options that whoever uses the archive has, too
     * @return what a relay's JVM has to be told to use it
     */
    public static List<String> train(Path folder, List<String> jvm) {
        var archive = folder.resolve("relay.aot");
        var port = new Ports().next();
        var options = new ArrayList<>(jvm);
        options.add("-XX:AOTCacheOutput=" + archive);
        try (var training = ServiceProcess.ofModule(
                "media-relay",
                "training",
                options,
                Map.of(
                        "GRANDSTAND_RELAY_HOST",
                        "127.0.0.1",
                        "GRANDSTAND_RELAY_PORT",
                        String.valueOf(port),
                        "GRANDSTAND_RELAY_REHEARSAL",
                        "true"),
                folder.resolve("training.log"),
                ServiceProcess.accepts(InetAddress.getLoopbackAddress(), port))) {
            if (!training.start().awaitReady().stop() || !Files.exists(archive)) {
                throw new IllegalStateException("no archive: " + String.join("\n", training.lastLines(20)));
            }
        }
        return List.of("-XX:AOTCache=" + archive);
    }
}
