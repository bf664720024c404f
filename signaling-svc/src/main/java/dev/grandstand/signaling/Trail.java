package dev.grandstand.signaling;

import dev.grandstand.eventlog.Trace;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * For which request the event loop works right now. What a request leads to on this loop at once, or when its answer comes,
 * is followed by itself; whoever waits for something else in between has to {@link #keep} the trail. Lives on one event
 * loop.
 */
final class Trail {

    private Trace now = Trace.NONE;

    /** {@link Trace#NONE} while it works for nobody's request. */
    Trace now() {
        return now;
    }

    /** The work is done for this request. */
    <T> T follow(Trace trace, Supplier<T> work) {
        var before = now;
        now = trace;
        try {
            return work.get();
        } finally {
            now = before;
        }
    }

    /** The work, done for the request of now whenever it comes to be done. */
    <T, R> Function<T, R> keep(Function<T, R> work) {
        var trace = now;
        return given -> follow(trace, () -> work.apply(given));
    }
}
