package dev.grandstand.allocator.cluster;

import io.vertx.core.Future;

/**
 * Says when an allocator is to try to lead. It need not be right: whoever tries shuts out whoever led before, so that two who
 * were both told so do no harm. Asked on one context.
 */
public interface Election {

    /** Completes when it is known whether this allocator is to try at once. */
    Future<Void> start();

    /** Whether this allocator is to try. */
    boolean isMine();

    /** Whether another was chosen; one that leads gives way then. */
    boolean isAnothers();

    /**
     * This allocator tried, or was shut out after it had led.
     *
     * @param leads whether it leads now
     */
    void tried(boolean leads);

    /** It does not want to lead any more; another may at once. */
    Future<Void> stop();
}
