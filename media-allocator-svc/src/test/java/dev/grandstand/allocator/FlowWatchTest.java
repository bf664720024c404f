package dev.grandstand.allocator;

import static dev.grandstand.allocator.AllocatorUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowWatchTest {

    private static final RoomId SHOW = new RoomId("show");
    private static final NodeRef A = node("a");
    private static final NodeRef B = node("b");
    private static final StreamId ANN = new StreamId("ann");
    private static final StreamId BOB = new StreamId("bob");

    /** Longer than any node is waited for. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryMediaServers servers = new InMemoryMediaServers(vertx);
    private final List<NodeRef> dead = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final FlowWatch watch = new FlowWatch(servers, List::of, dead::add, () -> now);

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    @Test
    void aNodeThatGetsNothingFromTwoPeopleIsDead() throws Exception {
        started(ANN, silentAt(A));
        started(BOB, silentAt(A));

        lookForLong();

        assertThat(dead).containsExactly(A);
    }

    @Test
    void oneWhoSendsIsEnough() throws Exception {
        started(ANN, silentAt(A));
        var source = silentAt(A);
        servers.flow(source.endpoint(), MediaKind.AUDIO, true);
        started(BOB, source);

        lookForLong();

        assertThat(dead).isEmpty();
    }

    @Test
    void aNodeThatPresentersHaveMovedAwayFromIsNotBlamedForTheSilenceThere() throws Exception {
        started(ANN, silentAt(A));
        started(BOB, silentAt(A));
        moved(ANN, flowingAt(B));
        moved(BOB, flowingAt(B));

        lookForLong();

        assertThat(dead).isEmpty();
    }

    @Test
    void theNodeThatPresentersHaveMovedToIsLookedAt() throws Exception {
        started(ANN, flowingAt(A));
        started(BOB, flowingAt(A));
        moved(ANN, silentAt(B));
        moved(BOB, silentAt(B));

        lookForLong();

        assertThat(dead).containsExactly(B);
    }

    @Test
    void whatEndedBeforeItsMoveWasHeardOfIsNotWaitedFor() throws Exception {
        for (var stream : List.of(ANN, BOB)) {
            started(stream, silentAt(A));
            watch.streamStopped(SHOW, stream);
            moved(stream, silentAt(B));
        }

        lookForLong();

        assertThat(dead).isEmpty();
    }

    @Test
    void whoIsAwayIsNotExpectedToSend() throws Exception {
        started(ANN, silentAt(A));
        started(BOB, silentAt(A));
        watch.away(new ParticipantId("bob"));

        lookForLong();
        assertThat(dead).isEmpty();

        watch.back(new ParticipantId("bob"));
        lookForLong();
        assertThat(dead).containsExactly(A);
    }

    private void lookForLong() throws Exception {
        get(watch.look());
        now = now.plus(LONG);
        get(watch.look());
    }

    private void started(StreamId stream, MediaLocation source) {
        watch.streamStarted(SHOW, new Stream(stream, new ParticipantId(stream.value()), StreamKind.CAMERA, source));
    }

    private void moved(StreamId stream, MediaLocation source) {
        watch.streamMoved(SHOW, stream, source);
    }

    private MediaLocation flowingAt(NodeRef node) throws Exception {
        var source = silentAt(node);
        servers.flow(source.endpoint(), MediaKind.VIDEO, true);
        return source;
    }

    private MediaLocation silentAt(NodeRef node) throws Exception {
        var pipeline = get(servers.on(node).createPipeline(Map.of()));
        var endpoint = get(servers.on(node)
                .publish(pipeline, "v=0\r\nm=audio 1 UDP/TLS/RTP/SAVPF 96\r\n", Map.of(), new EndpointListener() {}));
        return new MediaLocation(node, pipeline, endpoint.id());
    }

    private static NodeRef node(String id) {
        return new NodeRef(new NodeId(id), URI.create("ws://" + id + ":8888/kurento"));
    }
}
