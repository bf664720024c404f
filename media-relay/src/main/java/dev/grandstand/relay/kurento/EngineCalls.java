package dev.grandstand.relay.kurento;

import dev.grandstand.relay.media.MediaElement;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Calls into the media plane, on worker threads: a handshake key or a socket must never hold up the event loop. */
final class EngineCalls {

    /** The engine answers in milliseconds; whoever waits longer than this should hear that something is wrong. */
    private static final long LIMIT_SECONDS = 10;

    private final WorkerExecutor workers;

    EngineCalls(WorkerExecutor workers) {
        this.workers = workers;
    }

    /** Calls that concern one element only; those of one connection are in order because its requests are. */
    <T> Future<T> call(Callable<T> call) {
        return workers.executeBlocking(call, false).timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes an element. One that comes too late for whoever asked is released again. */
    <E extends MediaElement> Future<E> create(Callable<E> creation) {
        var made = workers.executeBlocking(creation, false);
        var inTime = made.timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        inTime.onFailure(late -> made.onSuccess(MediaElement::release));
        return inTime;
    }

    /**
     * Changes to the graph of elements, in the order in which this method is called, whatever connection they come from:
     * the graph must end as the bookkeeping says.
     */
    Future<Void> change(Runnable change) {
        Callable<Void> call = () -> {
            change.run();
            return null;
        };
        return workers.executeBlocking(call, true).timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
