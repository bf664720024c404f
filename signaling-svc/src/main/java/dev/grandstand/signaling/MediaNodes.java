package dev.grandstand.signaling;

import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * The media nodes as one event loop uses them.
 *
 * @param servers the nodes
 * @param negotiations whose turn it is, over all event loops
 * @param context the event loop's
 */
record MediaNodes(MediaServers servers, Negotiations negotiations, Context context) {

    MediaServer on(NodeRef node) {
        return servers.on(node);
    }

    /** Negotiates with a node when it is this negotiation's turn. */
    <T> Future<T> negotiate(NodeRef node, Urgency urgency, Function<MediaServer, Future<T>> negotiation) {
        return negotiations.inTurn(node, urgency, context, () -> negotiation.apply(servers.on(node)));
    }
}
