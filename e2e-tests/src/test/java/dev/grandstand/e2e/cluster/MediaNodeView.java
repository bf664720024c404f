package dev.grandstand.e2e.cluster;

import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.Pipeline;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An eye of its own on a media node: what is there, whoever made it. Blocks for the answer. */
public final class MediaNodeView implements AutoCloseable {

    /** What media-allocator-svc puts on the pipeline of a room. */
    private static final String ROOM_TAG = "grandstand-room";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final MediaServers nodes = new KurentoMediaServers(vertx);
    private final MediaServer node;

    /** @param address of its Kurento protocol */
    public MediaNodeView(URI address) {
        node = nodes.on(new NodeRef(new NodeId("watched"), address));
    }

    /** Waits until it answers: where cores are few, one that has only just started does so late, or not at first. */
    public void awaitAnswer() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        ask(() -> askUntil(deadline));
    }

    /** Every pipeline. */
    public List<Pipeline> pipelines() {
        return ask(node::pipelines);
    }

    /** The pipelines that a room has, from the node's ServerManager: one, or none. */
    public List<Pipeline> pipelinesOf(String room) {
        return pipelines().stream()
                .filter(pipeline -> room.equals(pipeline.tags().get(ROOM_TAG)))
                .toList();
    }

    /** The ids of all endpoints that a room has. */
    public Set<String> endpointsOf(String room) {
        var ids = new HashSet<String>();
        pipelinesOf(room).forEach(pipeline -> ids.addAll(endpointsIn(pipeline)));
        return ids;
    }

    /** The ids of all endpoints of a pipeline. */
    public Set<String> endpointsIn(Pipeline pipeline) {
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

    private Future<List<Pipeline>> askUntil(long deadline) {
        return node.pipelines()
                .recover(failure -> mayPass(failure) && System.nanoTime() < deadline
                        ? vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS).compose(over -> askUntil(deadline))
                        : Future.failedFuture(failure));
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof MediaFailure media
                && (media.kind() == MediaFailure.Kind.TIMEOUT || media.kind() == MediaFailure.Kind.NODE_UNREACHABLE);
    }

    @Override
    public void close() {
        nodes.close()
                .compose(closed -> vertx.close())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
