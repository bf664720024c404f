package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A crowd that negotiates with nodes that keep their answers for as long as the test likes. */
class NegotiationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final NodeRef NODE = node("slow");
    private static final NodeRef OTHER = node("other");
    private static final String OFFER =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryMediaServers servers = new InMemoryMediaServers(vertx);
    private final List<Context> loops = List.of(vertx.getOrCreateContext(), vertx.getOrCreateContext());
    private final List<Integer> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aNodeHasOnlySoManyAtOnceAndTheOthersFollowInTheirOrder() {
        var pipeline = pipelineOn(NODE);
        servers.holdAnswers(NODE);
        var crowd = crowd(new Negotiations(3, 100, PATIENCE), NODE, pipeline, 10);

        for (int answered = 0; answered < 10; answered++) {
            var underWay = Math.min(3, 10 - answered);
            await().atMost(PATIENCE).until(() -> servers.heldAnswers(NODE) == underWay);
            servers.giveAnswers(NODE, 1);
        }

        crowd.forEach(one -> assertThat(succeeded(one)).isTrue());
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void whoFindsTheQueueFullIsToldAtOnce() {
        var pipeline = pipelineOn(NODE);
        servers.holdAnswers(NODE);
        var negotiations = new Negotiations(2, 3, PATIENCE);

        var crowd = crowd(negotiations, NODE, pipeline, 9);

        crowd.subList(5, 9).forEach(NegotiationsIT::assertBusy);
        await().atMost(PATIENCE).until(() -> servers.heldAnswers(NODE) == 2);
        assertThat(crowd.subList(0, 5)).noneMatch(Future::isComplete);
        for (int i = 0; i < 5; i++) {
            await().atMost(PATIENCE).until(() -> servers.heldAnswers(NODE) > 0);
            servers.giveAnswers(NODE, 1);
        }
        crowd.subList(0, 5).forEach(one -> assertThat(succeeded(one)).isTrue());
        await().atMost(PATIENCE).until(() -> negotiations.busyNodes() == 0);
    }

    @Test
    void whoWaitsTooLongIsToldAndTheNodeNeverHearsOfIt() {
        var pipeline = pipelineOn(NODE);
        servers.holdAnswers(NODE);
        var negotiations = new Negotiations(1, 10, Duration.ofMillis(50));

        var crowd = crowd(negotiations, NODE, pipeline, 3);

        crowd.subList(1, 3).forEach(NegotiationsIT::assertBusy);
        servers.giveAnswers(NODE, 1);
        assertThat(succeeded(crowd.getFirst())).isTrue();
        assertThat(order).containsExactly(0);
        await().atMost(PATIENCE).until(() -> negotiations.busyNodes() == 0);
    }

    @Test
    void anotherNodeIsNotWaitedFor() {
        var pipeline = pipelineOn(NODE);
        var elsewhere = pipelineOn(OTHER);
        servers.holdAnswers(NODE);
        var negotiations = new Negotiations(1, 10, PATIENCE);
        crowd(negotiations, NODE, pipeline, 5);

        crowd(negotiations, OTHER, elsewhere, 3)
                .forEach(one -> assertThat(succeeded(one)).isTrue());
    }

    @Test
    void whatFailsMakesPlaceForTheNext() {
        var negotiations = new Negotiations(1, 10, PATIENCE);

        var refused = crowd(negotiations, NODE, "no such pipeline", 3);
        var thrown = on(
                0,
                () -> negotiations.<Endpoint>inTurn(NODE, Urgency.VIEW, loops.getFirst(), () -> {
                    throw new IllegalStateException("a mistake");
                }));

        refused.forEach(one -> assertThat(succeeded(one)).isFalse());
        assertThat(succeeded(thrown)).isFalse();
        await().atMost(PATIENCE).until(() -> negotiations.busyNodes() == 0);
    }

    @Test
    void thePresenterPassesThoseWhoConnectAheadWhoAreTwoAtOnce() {
        var pipeline = pipelineOn(NODE);
        servers.holdAnswers(NODE);
        var negotiations = new Negotiations(3, 100, PATIENCE);
        for (int i = 0; i < 4; i++) {
            negotiation(negotiations, Urgency.AHEAD, NODE, pipeline, i);
        }
        await().atMost(PATIENCE).until(() -> servers.heldAnswers(NODE) == Negotiations.AHEAD_AT_ONCE);
        negotiation(negotiations, Urgency.VIEW, NODE, pipeline, 10);
        negotiation(negotiations, Urgency.VIEW, NODE, pipeline, 11);
        negotiation(negotiations, Urgency.PUBLISH, NODE, pipeline, 20);

        for (int answered = 0; answered < 7; answered++) {
            var begun = Math.min(7, 3 + answered);
            await().atMost(PATIENCE).until(() -> order.size() == begun);
            await().atMost(PATIENCE).until(() -> servers.heldAnswers(NODE) > 0);
            servers.giveAnswers(NODE, 1);
        }

        assertThat(order).containsExactly(0, 1, 10, 20, 11, 2, 3);
        await().atMost(PATIENCE).until(() -> negotiations.busyNodes() == 0);
    }

    /** From two event loops in turn, in this order. */
    private List<Future<Endpoint>> crowd(Negotiations negotiations, NodeRef node, String pipeline, int size) {
        var crowd = new ArrayList<Future<Endpoint>>();
        for (int i = 0; i < size; i++) {
            crowd.add(negotiation(negotiations, Urgency.VIEW, node, pipeline, i));
        }
        return crowd;
    }

    private Future<Endpoint> negotiation(
            Negotiations negotiations, Urgency urgency, NodeRef node, String pipeline, int number) {
        var context = loops.get(number % 2);
        return on(
                number % 2,
                () -> negotiations.inTurn(node, urgency, context, () -> {
                    order.add(number);
                    assertThat(Vertx.currentContext()).isEqualTo(context);
                    return servers.on(node).publish(pipeline, OFFER, Map.of(), new EndpointListener() {});
                }));
    }

    /** Returns when it was called, not when it is through. */
    private <T> Future<T> on(int loop, Supplier<Future<T>> action) {
        var called = new CompletableFuture<Future<T>>();
        loops.get(loop).runOnContext(now -> called.complete(action.get()));
        return called.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private String pipelineOn(NodeRef node) {
        var made = on(0, () -> servers.on(node).createPipeline(Map.of()));
        assertThat(succeeded(made)).isTrue();
        return made.result();
    }

    private static boolean succeeded(Future<?> future) {
        await().atMost(PATIENCE).until(future::isComplete);
        return future.succeeded();
    }

    private static void assertBusy(Future<?> future) {
        assertThat(succeeded(future)).isFalse();
        assertThat(future.cause()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("busy");
        });
    }

    private static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }
}
