package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;

/**
 * A connection's endpoint and where it is.
 *
 * @param node the media node
 * @param pipeline the pipeline there
 * @param endpoint the endpoint in it
 */
record Placed(MediaServer node, String pipeline, Endpoint endpoint) {

    Future<Void> addCandidate(IceCandidate candidate) {
        return node.addCandidate(endpoint.id(), candidate);
    }

    Future<Void> release() {
        return node.release(endpoint.id());
    }
}
