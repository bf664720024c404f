package dev.grandstand.relay.kurento;

import java.time.Duration;

/**
 * What the façade needs to know.
 *
 * @param host address to listen on
 * @param port TCP port to listen on; 0 takes a free one
 * @param collectionPeriod how long the objects of a lost connection are kept at least; at most twice that long
 * @param announced addresses that clients are told instead of this machine's own
 * @param limits what one node takes
 */
public record KurentoConfig(
        String host, int port, Duration collectionPeriod, AnnouncedAddresses announced, Limits limits) {

    /** Kurento's own default. */
    public static final Duration DEFAULT_COLLECTION_PERIOD = Duration.ofSeconds(240);

    public KurentoConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        if (!collectionPeriod.isPositive()) {
            throw new IllegalArgumentException("collectionPeriod must be positive: " + collectionPeriod);
        }
    }

    /**
     * Bounds; beyond them a request is refused with {@code NOT_ENOUGH_RESOURCES}, or the connection is closed.
     *
     * @param messageBytes largest message taken; a larger one closes the connection with 1009
     * @param outboundBytes what may wait for one slow client before its connection is dropped
     * @param sessions number of sessions
     * @param objects number of pipelines and elements together
     * @param transactionSteps number of operations in one transaction
     * @param cachedResponses answers kept per session for repeated requests
     */
    public record Limits(
            int messageBytes, int outboundBytes, int sessions, int objects, int transactionSteps, int cachedResponses) {

        /** Room for thousands of viewers, and no more memory than a small pod has. */
        public static final Limits DEFAULTS = new Limits(1 << 20, 16 << 20, 10_000, 50_000, 500, 5_000);
    }
}
