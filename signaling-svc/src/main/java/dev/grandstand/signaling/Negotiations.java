package dev.grandstand.signaling;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * SDP work in turn: each media node has at most so many negotiations of this process under way, and a bounded queue of
 * those that wait, first come first served. Making an endpoint is the dearest thing that a node does; when a hall full of
 * people comes at once it would otherwise do all of them at once, and answer none in time. Whoever finds the queue full,
 * or waits too long in it, is told to try again. Thread-safe; one for a process.
 */
final class Negotiations {

    /** A client waits ten seconds for its answer, and the node may take four. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What a node that answers in 100 ms gets through in that time, at 32 at once. */
    static final int MOST_WAITING = 1_000;

    private final int atOnce;
    private final int mostWaiting;
    private final Duration patience;
    private final Map<NodeRef, Lane> lanes = new HashMap<>();

    Negotiations(int atOnce, int mostWaiting, Duration patience) {
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
        this.patience = patience;
    }

    /** Starts the negotiation when it is its turn, on {@code context}; it has to end by itself. */
    <T> Future<T> inTurn(NodeRef node, Context context, Supplier<Future<T>> negotiation) {
        return turn(node, context).compose(mine -> begun(negotiation).onComplete(done -> next(node)));
    }

    private static <T> Future<T> begun(Supplier<Future<T>> negotiation) {
        try {
            return negotiation.get();
        } catch (RuntimeException e) {
            // Or the place would be taken for ever.
            return Future.failedFuture(e);
        }
    }

    private synchronized Future<Void> turn(NodeRef node, Context context) {
        var lane = lanes.computeIfAbsent(node, fresh -> new Lane());
        if (lane.underWay < atOnce) {
            lane.underWay++;
            return Future.succeededFuture();
        }
        if (lane.waiting.size() >= mostWaiting) {
            return busy();
        }
        var mine = new Waiting(context, Promise.promise());
        lane.waiting.add(mine);
        context.owner().setTimer(patience.toMillis(), expired -> giveUp(lane, mine));
        return mine.turn().future();
    }

    private void giveUp(Lane lane, Waiting waiting) {
        boolean waited;
        synchronized (this) {
            waited = lane.waiting.remove(waiting);
        }
        if (waited) {
            waiting.context().runOnContext(now -> waiting.turn().handle(busy()));
        }
    }

    private void next(NodeRef node) {
        Waiting next;
        synchronized (this) {
            var lane = lanes.computeIfAbsent(node, never -> new Lane());
            next = lane.waiting.poll();
            if (next == null) {
                lane.underWay--;
                if (lane.underWay == 0) {
                    lanes.remove(node);
                }
            }
        }
        if (next != null) {
            next.context().runOnContext(now -> next.turn().complete());
        }
    }

    /** How many nodes have something under way. */
    synchronized int busyNodes() {
        return lanes.size();
    }

    private static Future<Void> busy() {
        return Future.failedFuture(
                new Refusal(ErrorCode.UNAVAILABLE, "the media node is busy, please try again in a moment"));
    }

    /** What one node does for this process; guarded by the lock of the whole. */
    private static final class Lane {

        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int underWay;
    }

    private record Waiting(Context context, Promise<Void> turn) {}
}
