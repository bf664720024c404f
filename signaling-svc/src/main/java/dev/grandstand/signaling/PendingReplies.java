package dev.grandstand.signaling;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Commands whose outcome somebody waits for. Futures complete in the very call that brings the event, so that whoever
 * waits sees the world as it was right after that event. Lives on one event loop.
 */
final class PendingReplies {

    private final Vertx vertx;
    private final Trail trail;
    private final Map<CommandId, Waiting> waiting = new HashMap<>();

    PendingReplies(Vertx vertx, Trail trail) {
        this.vertx = vertx;
        this.trail = trail;
    }

    /** Completes with the first event of this cause that {@code isOutcome} accepts; fails after {@code limit}. */
    Future<Object> await(CommandId cause, Predicate<Object> isOutcome, Duration limit, Trace trace) {
        var promise = Promise.promise();
        var timer = vertx.setTimer(
                limit.toMillis(),
                expired -> fail(cause, new Refusal(ErrorCode.UNAVAILABLE, "no answer in time, please try again")));
        waiting.put(cause, new Waiting(promise, isOutcome, timer, trace));
        return promise.future();
    }

    void fail(CommandId cause, Throwable failure) {
        var reply = waiting.remove(cause);
        if (reply != null) {
            vertx.cancelTimer(reply.timer());
            trail.follow(reply.trace(), () -> reply.promise().tryFail(failure));
        }
    }

    void offer(CommandId cause, Object event) {
        var reply = waiting.get(cause);
        if (reply != null && reply.isOutcome().test(event)) {
            waiting.remove(cause);
            vertx.cancelTimer(reply.timer());
            trail.follow(reply.trace(), () -> reply.promise().tryComplete(event));
        }
    }

    private record Waiting(Promise<Object> promise, Predicate<Object> isOutcome, long timer, Trace trace) {}
}
