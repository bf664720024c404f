package dev.grandstand.mediaclient;

import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream's way from one media node to another, over WebRTC as to a browser: an endpoint that sends on the first node,
 * one that receives on the second, and viewers there are fed by the latter. The nodes find each other by the candidates
 * that they tell, which are carried between them here. Belongs to the context on which it was made.
 */
public final class NodeLink {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLink.class);

    private final MediaServer from;
    private final MediaServer to;
    private final String fromPipeline;
    private final String pipeline;
    private final VideoCodec video;
    private final Consumer<String> lost;
    private final End sending = new End();
    private final End receiving = new End();
    private final Promise<Void> flowing = Promise.promise();
    private boolean over;

    private NodeLink(
            MediaServer from,
            String fromPipeline,
            MediaServer to,
            String pipeline,
            VideoCodec video,
            Consumer<String> lost) {
        this.from = from;
        this.to = to;
        this.fromPipeline = fromPipeline;
        this.pipeline = pipeline;
        this.video = video;
        this.lost = lost;
    }

    /**
     * Makes a link: two round trips, and the handshake between the nodes follows by itself. If it fails, nothing stays
     * behind where the node can still be reached.
     *
     * @param from where the stream is
     * @param pipeline of the stream's room there
     * @param source the stream's endpoint there
     * @param to where it is wanted
     * @param target the room's pipeline there
     * @param video how the stream's video is coded: the nodes agree on nothing else
     * @param tags stand at both endpoints
     * @param lost is called once if either end is gone, with the reason; the other end is released then
     */
    public static Future<NodeLink> make(
            MediaServer from,
            String pipeline,
            String source,
            MediaServer to,
            String target,
            VideoCodec video,
            Map<String, String> tags,
            Consumer<String> lost) {
        var link = new NodeLink(from, pipeline, to, target, video, lost);
        return from.offer(pipeline, source, tags, link.sending)
                .compose(offer -> {
                    link.sending.made(from, offer.id());
                    return OneVideoCodec.of(video)
                            .only(offer.sdp())
                            .map(kept -> to.publish(target, kept, tags, link.receiving))
                            .orElseGet(() -> Future.failedFuture(new MediaFailure(
                                    MediaFailure.Kind.BAD_SDP,
                                    0,
                                    from.node().id() + " does not offer " + video,
                                    null)));
                })
                .compose(endpoint -> {
                    link.receiving.made(to, endpoint.id());
                    return from.acceptAnswer(link.sending.id(), endpoint.answer());
                })
                .map(accepted -> {
                    link.sending.meet(link.receiving);
                    link.receiving.meet(link.sending);
                    return link;
                })
                .recover(failure -> link.release().transform(released -> Future.failedFuture(failure)));
    }

    /**
     * Takes a link over that another process made, as it is. Fails if either end is gone; the other is released then.
     *
     * @param sending the end on the first node
     * @param arrival the end on the second
     * @param lost as in {@link #make}
     */
    public static Future<NodeLink> adopt(
            MediaServers nodes, MediaLocation sending, MediaLocation arrival, Consumer<String> lost) {
        var link = new NodeLink(
                nodes.on(sending.node()),
                sending.pipeline(),
                nodes.on(arrival.node()),
                arrival.pipeline(),
                arrival.codec(),
                lost);
        link.sending.made(link.from, sending.endpoint());
        link.receiving.made(link.to, arrival.endpoint());
        return link.from
                .adopt(sending.pipeline(), sending.endpoint(), Direction.VIEW, link.sending)
                .compose(kept ->
                        link.to.adopt(arrival.pipeline(), arrival.endpoint(), Direction.PUBLISH, link.receiving))
                .map(link)
                .recover(gone -> link.release().transform(released -> Future.failedFuture(gone)));
    }

    /** The end on the node that sends. */
    public MediaLocation sending() {
        return new MediaLocation(from.node(), fromPipeline, sending.id(), video);
    }

    /** The endpoint that feeds whoever watches on the second node. */
    public MediaLocation arrival() {
        return new MediaLocation(to.node(), pipeline, receiving.id(), video);
    }

    /**
     * Completes with the first picture that arrives, or fails when the link ends before: until then whoever is fed by it
     * sees nothing. Of a link that was taken over only changes are known.
     */
    public Future<Void> flowing() {
        return flowing.future();
    }

    /** Ends it at both nodes; completes when both have answered or failed to. Idempotent. */
    public Future<Void> release() {
        over = true;
        flowing.tryFail("the link ended");
        return Future.join(sending.release(), receiving.release()).mapEmpty();
    }

    private void endLost(String reason) {
        if (!over) {
            release().onFailure(failure -> LOG.atInfo()
                    .addKeyValue("from", from.node().id())
                    .addKeyValue("to", to.node().id())
                    .log("a lost link's other end was not released: {}", failure.getMessage()));
            lost.accept(reason);
        }
    }

    /** One of the two endpoints; what it finds goes to the other, once that exists. */
    private final class End implements EndpointListener {

        private final List<IceCandidate> found = new ArrayList<>();
        private @Nullable MediaServer node;
        private @Nullable String id;
        private @Nullable End other;

        void made(MediaServer at, String endpoint) {
            node = at;
            id = endpoint;
        }

        String id() {
            if (id == null) {
                throw new IllegalStateException("not made yet");
            }
            return id;
        }

        void meet(End end) {
            other = end;
            found.forEach(this::tell);
            found.clear();
        }

        Future<Void> release() {
            var at = node;
            var endpoint = id;
            node = null;
            return at == null || endpoint == null ? Future.succeededFuture() : at.release(endpoint);
        }

        @Override
        public void candidate(IceCandidate candidate) {
            if (other == null) {
                found.add(candidate);
            } else {
                tell(candidate);
            }
        }

        private void tell(IceCandidate candidate) {
            var end = other;
            if (end != null && end.node != null) {
                end.node.addCandidate(end.id(), candidate).onFailure(failure -> LOG.atDebug()
                        .addKeyValue("endpoint", end.id)
                        .log("candidate not handed on: {}", failure.getMessage()));
            }
        }

        @Override
        public void flowing(MediaKind kind, boolean flows) {
            if (flows && kind == MediaKind.VIDEO && this == receiving) {
                flowing.tryComplete();
            }
        }

        @Override
        public void lost(String reason) {
            node = null;
            endLost(reason);
        }
    }
}
