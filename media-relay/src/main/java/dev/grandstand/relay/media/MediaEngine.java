package dev.grandstand.relay.media;

/**
 * The media plane of one node. It owns the one UDP port that every endpoint shares, the media threads and all endpoints.
 *
 * <p>All methods of this interface and of the elements it creates may be called from any thread and never block on the
 * network.
 */
public interface MediaEngine extends AutoCloseable {

    /**
     * Starts an engine.
     *
     * @throws java.io.UncheckedIOException if no socket can be bound to the configured port
     */
    static MediaEngine start(MediaEngineConfig config) {
        return RelayMediaEngine.start(config);
    }

    /**
     * Creates an endpoint for one WebRTC peer.
     *
     * @param listener told about everything that happens to the endpoint until it is released
     * @throws IllegalStateException if the engine is closed
     */
    RtcEndpoint createEndpoint(RtcEndpointListener listener);

    /**
     * Creates an element that hands on what it receives.
     *
     * @throws IllegalStateException if the engine is closed
     */
    PassThrough createPassThrough();

    /** How much it carries. */
    MediaFigures figures();

    /** The UDP port of all endpoints, never 0. */
    int udpPort();

    /** Releases every endpoint, closes the port and ends the threads. Idempotent. */
    @Override
    void close();
}
