package dev.grandstand.mediaclient;

import dev.grandstand.protocol.client.IceCandidate;

/**
 * What happens at one endpoint. Called on the Vert.x context that made the endpoint, one call after another in the order
 * in which it happened; never after the endpoint was released or lost. Each method does nothing unless overridden.
 */
public interface EndpointListener {

    /** The node found a candidate: tell the browser. May come before the answer. */
    default void candidate(IceCandidate candidate) {}

    /**
     * Media began or ceased to flow: from the browser, where the endpoint was published; to the browser, where it views.
     */
    default void flowing(MediaKind kind, boolean flowing) {}

    /** The endpoint is gone, and nobody here released it. The last call. */
    default void lost(String reason) {}

    /** The endpoint's node is gone, and all that was on it. The last call; unless overridden it is a loss like any other. */
    default void nodeLost(String reason) {
        lost(reason);
    }
}
