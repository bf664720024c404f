package dev.grandstand.e2e;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.e2e.cluster.MediaNodeView;
import dev.grandstand.mediaclient.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole system in this process, with an eye of its own on the media node. */
final class RunningSystem implements AutoCloseable {

    static final String ADMIN_TOKEN = "what-operators-of-the-tests-show";

    private final Grandstand grandstand;
    private final MediaNodeView node;

    private RunningSystem(Grandstand grandstand) {
        this.grandstand = grandstand;
        this.node = new MediaNodeView(grandstand.mediaNodeUri());
    }

    static RunningSystem start() {
        try {
            var data = Files.createDirectories(Path.of("target", "data").toAbsolutePath());
            var config = AllInOneConfig.onFreePorts(Files.createTempDirectory(data, "run-"));
            return new RunningSystem(Grandstand.start(
                    AllInOneConfig.from(config.variables().with(Map.of("GRANDSTAND_ADMIN_TOKEN", ADMIN_TOKEN)))));
        } catch (IOException e) {
            throw new IllegalStateException("the system did not start", e);
        }
    }

    int httpPort() {
        return grandstand.httpPort();
    }

    int adminPort() {
        return grandstand.adminPort();
    }

    String kafka() {
        return grandstand.kafkaBootstrap();
    }

    String page(String path) {
        return "http://localhost:" + grandstand.httpPort() + path;
    }

    /** The ids of all endpoints that a room has on the media node. */
    Set<String> endpointsOf(String room) {
        return node.endpointsOf(room);
    }

    /** The pipelines that a room has on the media node: one, or none. */
    List<Pipeline> pipelinesOf(String room) {
        return node.pipelinesOf(room);
    }

    @Override
    public void close() {
        node.close();
        grandstand.close();
    }
}
