package dev.grandstand.mediaclient;

import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Every media node that a process talks to. Thread-safe; shared by all verticles of a process, so that a node sees one
 * connection of it (and a second one for its load).
 */
public interface MediaServers {

    /** No request to a node takes longer than this; it fails with {@link MediaFailure.Kind#TIMEOUT} then. */
    Duration BOUND = Duration.ofSeconds(4);

    /** A node that says nothing for so long is lost, where nothing else is configured. */
    Duration SILENCE = Duration.ofSeconds(3);

    /** The node; connected to at first use. The same for the same {@link NodeRef}. */
    MediaServer on(NodeRef node);

    /**
     * Tells when all that was made on a node is gone or out of reach for good: the connection broke and could not be had
     * back within about a second, the node stopped answering, or it is back but has forgotten everything. On the same context
     * each endpoint's {@link EndpointListener#lost} has been called by then. The next use of the node connects anew.
     *
     * @param watcher called on the context that this method was called on, once for each loss
     * @return to be ended by whoever lives shorter than this
     */
    Watch onNodeLost(Consumer<NodeRef> watcher);

    /** Somebody's being told. */
    interface Watch {

        /** They are told of nothing more from now on. Idempotent. */
        void end();
    }

    /** Disconnects from every node. What was made there stays, until somebody releases it. */
    Future<Void> close();
}
