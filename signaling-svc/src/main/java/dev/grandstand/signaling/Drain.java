package dev.grandstand.signaling;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Empties an event loop: its guests are sent away evenly over a time, so that the instances that they go to are not
 * overrun. Ends early when all have gone by themselves.
 *
 * <p>An instance that stops goes through this: it is not ready any more and lets nobody in; its guests are sent away, each
 * with the token for any other instance; what was said for them becomes durable; the sockets are closed; it is gone.
 */
final class Drain {

    /** Who is sent away. */
    interface Guest {

        boolean isGone();

        void dismiss();
    }

    /** More often nobody could tell from evenly. */
    private static final Duration SHORTEST_STEP = Duration.ofMillis(20);

    private final Later later;
    private final Duration over;
    private final Promise<Void> emptied = Promise.promise();

    /** @param over at least so long between the first and the last of many; zero: all at once */
    Drain(Later later, Duration over) {
        this.later = later;
        this.over = over;
    }

    /** Completes when the last was sent away; once only. */
    Future<Void> empty(Collection<? extends Guest> guests) {
        var steps = Math.max(1, Math.min(guests.size(), over.dividedBy(SHORTEST_STEP)));
        step(new ArrayDeque<>(guests), steps, over.dividedBy(steps));
        return emptied.future();
    }

    private void step(Deque<Guest> remaining, long stepsLeft, Duration interval) {
        remaining.removeIf(Guest::isGone);
        var now = Math.ceilDiv(remaining.size(), stepsLeft);
        for (int i = 0; i < now; i++) {
            remaining.remove().dismiss();
        }
        if (remaining.isEmpty()) {
            emptied.complete();
        } else {
            later.in(interval, () -> step(remaining, stepsLeft - 1, interval));
        }
    }
}
