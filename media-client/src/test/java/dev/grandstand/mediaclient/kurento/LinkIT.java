package dev.grandstand.mediaclient.kurento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.Offers;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkIT {

    private final Vertx vertx = Vertx.vertx();
    private final List<NodeRef> lost = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private RelayNode relay;
    private Cable cable;
    private KurentoMediaServers servers;
    private MediaServer node;
    private String pipeline;

    @BeforeEach
    void connect() throws Exception {
        relay = new RelayNode();
        cable = new Cable(relay.port());
        servers = new KurentoMediaServers(vertx);
        node = servers.on(RelayNode.at(cable.port()));
        servers.onNodeLost(gone -> {
            told.add("node");
            lost.add(gone);
        });
        pipeline = ask(() -> node.createPipeline(Map.of()));
    }

    @AfterEach
    void close() throws Exception {
        servers.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
        cable.close();
        relay.close();
    }

    @Test
    void aBrokenConnectionIsTakenUpAgainAndNothingIsLost() {
        var heard = new CopyOnWriteArrayList<String>();
        var endpoint = publish(heard);

        cable.drop();

        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(endpoint);
        ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new EndpointListener() {}));
        assertThat(heard).isEmpty();
        assertThat(lost).isEmpty();
    }

    @Test
    void aNodeThatCannotBeReachedAgainIsLost() {
        publish(told);

        cable.cut();

        await().atMost(Duration.ofSeconds(5)).until(() -> !lost.isEmpty());
        assertThat(lost).containsExactly(node.node());
        assertThat(told).containsExactlyInAnyOrder("endpoint", "node");
        assertThatThrownBy(() -> ask(() -> node.createPipeline(Map.of())))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(MediaFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MediaFailure.Kind.NODE_UNREACHABLE));

        cable.mend();

        assertThat(ask(() -> node.createPipeline(Map.of()))).isNotBlank();
    }

    @Test
    void aNodeThatHasForgottenEverythingIsLostAndServesAsNew() throws Exception {
        publish(told);
        try (var another = new RelayNode()) {
            cable.plugInto(another.port());

            cable.drop();

            await().atMost(Duration.ofSeconds(5)).until(() -> !lost.isEmpty());
            assertThat(told).containsExactlyInAnyOrder("endpoint", "node");
            assertThat(ask(() -> node.pipelines())).isEmpty();
        }
    }

    @Test
    void aNodeThatSaysNothingMoreIsLost() {
        publish(told);

        cable.hang();

        await().atMost(Duration.ofSeconds(10)).until(() -> !lost.isEmpty());
        assertThat(told).containsExactlyInAnyOrder("endpoint", "node");
    }

    /** Debuggers, snapshots of machines, long collections: every timer is late at once then, and so is what was heard. */
    @Test
    void aPauseOfOurOwnLosesNothing() {
        publish(told);
        var over = new CountDownLatch(1);
        var began = System.nanoTime();
        var limit = MediaServers.SILENCE.multipliedBy(2);

        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loop -> loop.execute(() -> awaitQuietly(over, limit)));
        await().atMost(limit)
                .until(() -> System.nanoTime() - began
                        > MediaServers.SILENCE.plusSeconds(1).toNanos());
        over.countDown();

        assertThat(ask(() -> node.endpoints(pipeline))).hasSize(1);
        await().during(Link.PING.multipliedBy(3)).atMost(Duration.ofSeconds(10)).until(told::isEmpty);
    }

    private static void awaitQuietly(CountDownLatch over, Duration limit) {
        try {
            assertThat(over.await(limit.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRequestToASilentNodeEndsInTime() {
        cable.hang();

        assertThatThrownBy(() -> ask(() -> node.createPipeline(Map.of())))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(MediaFailure.class);
    }

    @Test
    void closingTellsNobodyThatANodeIsLost() throws Exception {
        publish(told);

        servers.close().await(5, TimeUnit.SECONDS);

        await().during(Duration.ofMillis(300)).until(told::isEmpty);
    }

    private String publish(List<String> heard) {
        return ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new EndpointListener() {
                    @Override
                    public void lost(String reason) {
                        heard.add("endpoint");
                    }
                }))
                .id();
    }

    private <T> T ask(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> question.get().onComplete(answer));
        return answer.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
