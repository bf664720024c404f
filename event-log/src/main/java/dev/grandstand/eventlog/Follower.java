package dev.grandstand.eventlog;

import io.vertx.core.Future;

/** An open consumer. */
public interface Follower {

    /** Stops it; nothing is handed over after the future has completed. */
    Future<Void> close();

    /** Whether somebody has stopped it. */
    boolean isClosed();
}
