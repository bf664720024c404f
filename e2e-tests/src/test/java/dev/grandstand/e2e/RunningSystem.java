package dev.grandstand.e2e;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.Pipeline;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The whole system in this process, with an eye of its own on the media node. */
final class RunningSystem implements AutoCloseable {

    /** What media-allocator-svc puts on the pipeline of a room. */
    private static final String ROOM_TAG = "grandstand-room";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Grandstand grandstand;
    private final Vertx vertx = Vertx.vertx();
    private final MediaServers nodes = new KurentoMediaServers(vertx);
    private final MediaServer node;

    private RunningSystem(Grandstand grandstand) {
        this.grandstand = grandstand;
        this.node = nodes.on(new NodeRef(new NodeId("watched"), grandstand.mediaNodeUri()));
    }

    static RunningSystem start() {
        try {
            var data = Files.createDirectories(Path.of("target", "data").toAbsolutePath());
            return new RunningSystem(
                    Grandstand.start(AllInOneConfig.onFreePorts(Files.createTempDirectory(data, "run-"))));
        } catch (IOException e) {
            throw new IllegalStateException("the system did not start", e);
        }
    }

    int httpPort() {
        return grandstand.httpPort();
    }

    String kafka() {
        return grandstand.kafkaBootstrap();
    }

    String page(String path) {
        return "http://localhost:" + grandstand.httpPort() + path;
    }

    /** The ids of all endpoints that a room has on the media node. */
    Set<String> endpointsOf(String room) {
        var ids = new HashSet<String>();
        pipelinesOf(room).forEach(pipeline -> ids.addAll(endpointsIn(pipeline)));
        return ids;
    }

    /** The pipelines that a room has on the media node, from its ServerManager: one, or none. */
    List<Pipeline> pipelinesOf(String room) {
        return ask(node::pipelines).stream()
                .filter(pipeline -> room.equals(pipeline.tags().get(ROOM_TAG)))
                .toList();
    }

    private Set<String> endpointsIn(Pipeline pipeline) {
        // A pipeline may go between the two questions; then it has no endpoints.
        return ask(() -> node.endpoints(pipeline.id()).otherwise(Set.of()));
    }

    private <T> T ask(Supplier<Future<T>> question) {
        var answer = Promise.<T>promise();
        vertx.runOnContext(now -> question.get().onComplete(answer));
        return answer.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        nodes.close()
                .compose(closed -> vertx.close())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        grandstand.close();
    }
}
