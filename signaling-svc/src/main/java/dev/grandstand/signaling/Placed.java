package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A connection's endpoint and where it is.
 *
 * @param node the media node
 * @param pipeline the pipeline there
 * @param endpoint the endpoint in it
 * @param source the endpoint that feeds it, {@link #NOBODY} as long as none does; absent if it publishes
 * @param video how its video is coded
 */
record Placed(
        MediaServer node,
        String pipeline,
        String endpoint,
        @Nullable String source,
        VideoCodec video) {

    /** Feeds whoever connects before the stream is there; nobody finds it again who resumes. */
    static final String NOBODY = "";

    /** Whether it is connected ahead of the stream that it shall carry. */
    boolean isAhead() {
        return NOBODY.equals(source);
    }

    Future<Void> feed(String from) {
        return node.feed(from, endpoint);
    }

    /** The same endpoint, fed by another one. */
    Placed fedBy(String other) {
        return new Placed(node, pipeline, endpoint, other, video);
    }

    MediaLocation location() {
        return new MediaLocation(node.node(), pipeline, endpoint, video);
    }

    Future<String> restartIce(String offer) {
        return node.restartIce(endpoint, offer);
    }

    Future<Void> addCandidate(IceCandidate candidate) {
        return node.addCandidate(endpoint, candidate);
    }

    Future<Void> adopt(Direction direction, EndpointListener listener) {
        return node.adopt(pipeline, endpoint, direction, listener);
    }

    void disown(EndpointListener listener) {
        node.disown(endpoint, listener);
    }

    Future<Void> release() {
        return node.release(endpoint);
    }
}
