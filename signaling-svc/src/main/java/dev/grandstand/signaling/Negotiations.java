package dev.grandstand.signaling;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * SDP work in turn: each media node has at most so many negotiations of this process under way, and a bounded queue of
 * those that wait, the most urgent first, and of those alike first come first served. Making an endpoint is the dearest thing
 * that a node does; when a hall full of people comes at once it would otherwise do all of them at once, and answer none in
 * time. Whoever finds the queue full, or waits too long in it, is told to try again. Thread-safe; one for a process.
 */
final class Negotiations {

    /** A client waits ten seconds for its answer, and the node may take four. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What a node that answers in 100 ms gets through in that time, at 32 at once. */
    static final int MOST_WAITING = 1_000;

    /**
     * Of {@link Urgency#AHEAD}. A relay does what comes over one connection in turn: one that is done and one that is on its way
     * keep it as busy as any number, and the presenter, and what feeds those who are connected already, pass all others.
     */
    static final int AHEAD_AT_ONCE = 2;

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
    <T> Future<T> inTurn(NodeRef node, Urgency urgency, Context context, Supplier<Future<T>> negotiation) {
        return turn(node, urgency, context)
                .compose(mine -> begun(negotiation).onComplete(done -> ended(node, urgency)));
    }

    private static <T> Future<T> begun(Supplier<Future<T>> negotiation) {
        try {
            return negotiation.get();
        } catch (RuntimeException e) {
            // Or the place would be taken for ever.
            return Future.failedFuture(e);
        }
    }

    private synchronized Future<Void> turn(NodeRef node, Urgency urgency, Context context) {
        var lane = lanes.computeIfAbsent(node, fresh -> new Lane());
        if (lane.hasPlaceFor(urgency)) {
            lane.begins(urgency);
            return Future.succeededFuture();
        }
        if (lane.waiting() >= mostWaiting) {
            return busy();
        }
        var mine = new Waiting(context, Promise.promise());
        lane.queue(urgency).add(mine);
        context.owner().setTimer(patience.toMillis(), expired -> giveUp(lane.queue(urgency), mine));
        return mine.turn().future();
    }

    private void giveUp(Queue<Waiting> queue, Waiting waiting) {
        boolean waited;
        synchronized (this) {
            waited = queue.remove(waiting);
        }
        if (waited) {
            waiting.context().runOnContext(now -> waiting.turn().handle(busy()));
        }
    }

    private void ended(NodeRef node, Urgency urgency) {
        List<Waiting> next;
        synchronized (this) {
            var lane = lanes.get(node);
            if (lane == null) {
                return;
            }
            lane.ends(urgency);
            next = lane.next();
            if (lane.isIdle()) {
                lanes.remove(node);
            }
        }
        next.forEach(one -> one.context().runOnContext(now -> one.turn().complete()));
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
    private final class Lane {

        private final Map<Urgency, Queue<Waiting>> queues = new EnumMap<>(Urgency.class);
        private int underWay;
        private int ahead;

        Queue<Waiting> queue(Urgency urgency) {
            return queues.computeIfAbsent(urgency, first -> new ArrayDeque<>());
        }

        int waiting() {
            return queues.values().stream().mapToInt(Queue::size).sum();
        }

        boolean hasPlaceFor(Urgency urgency) {
            return underWay < atOnce && (urgency != Urgency.AHEAD || ahead < AHEAD_AT_ONCE);
        }

        void begins(Urgency urgency) {
            underWay++;
            if (urgency == Urgency.AHEAD) {
                ahead++;
            }
        }

        void ends(Urgency urgency) {
            underWay--;
            if (urgency == Urgency.AHEAD) {
                ahead--;
            }
        }

        /** Whose turn it is now. */
        List<Waiting> next() {
            var next = new ArrayList<Waiting>();
            for (var urgency : Urgency.values()) {
                var queue = queue(urgency);
                while (!queue.isEmpty() && hasPlaceFor(urgency)) {
                    begins(urgency);
                    next.add(queue.remove());
                }
            }
            return next;
        }

        boolean isIdle() {
            return underWay == 0;
        }
    }

    private record Waiting(Context context, Promise<Void> turn) {}
}
