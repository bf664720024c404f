package dev.grandstand.mediaclient;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One media node. What an offer asks for is the caller's to say: {@link OneVideoCodec} keeps it to a room's codec. Call
 * from a Vert.x context: every future completes on it, within {@link MediaServers#BOUND}, and fails with nothing but {@link MediaFailure}. Ids are the node's own; they mean nothing on another node, nor on the same node
 * after it restarted.
 */
public interface MediaServer {

    /** Which node. */
    NodeRef node();

    /**
     * Connects ahead of need, unless there is a connection: whoever asks for something next does not wait for that. From any
     * thread; whether it succeeds is for them to find out.
     */
    void connect();

    /**
     * A pipeline: what all endpoints of one room share.
     *
     * @param tags stand at the pipeline and come back from {@link #pipelines()}
     * @return the pipeline's id
     */
    Future<String> createPipeline(Map<String, String> tags);

    /**
     * An endpoint that receives a browser's media: made, listened to and negotiated when the future completes. The
     * node's candidates are in the answer, or are told to the listener as they are gathered. Nothing stays behind on the node
     * when it fails, unless the connection broke meanwhile; then it goes with its pipeline.
     *
     * @param pipeline where
     * @param offer the browser's SDP offer
     * @param tags stand at the endpoint, to be seen by whoever looks at the node
     * @param listener hears candidates even before the future completes
     */
    Future<Endpoint> publish(String pipeline, String offer, Map<String, String> tags, EndpointListener listener);

    /**
     * An endpoint that sends another endpoint's media to a browser; otherwise as {@link #publish}.
     *
     * @param source the endpoint that receives the media, in the same pipeline
     */
    Future<Endpoint> view(
            String pipeline, String source, String offer, Map<String, String> tags, EndpointListener listener);

    /**
     * An endpoint that will send media to a browser, of a stream that is still to come: it is negotiated and connected
     * meanwhile, and sends nothing until {@link #feed}; otherwise as {@link #view}.
     */
    Future<Endpoint> viewLater(String pipeline, String offer, Map<String, String> tags, EndpointListener listener);

    /**
     * An endpoint is fed by this one from now on, whatever fed it before; it begins at the next keyframe. Said again it
     * does nothing.
     *
     * @param source the endpoint that receives the media, in the same pipeline
     */
    Future<Void> feed(String source, String endpoint);

    /**
     * An endpoint that sends another endpoint's media to wherever its offer is answered: to another node, for instance. Its
     * candidates come when the answer is there.
     *
     * @param source the endpoint that receives the media, in the same pipeline
     */
    Future<Offer> offer(String pipeline, String source, Map<String, String> tags, EndpointListener listener);

    /** Completes what {@link #offer} began. */
    Future<Void> acceptAnswer(String endpoint, String answer);

    /**
     * Whatever one endpoint feeds, viewers and ends of links, is fed by another one from now on; nothing is negotiated, and
     * each begins at the new one's next keyframe.
     *
     * @param former the endpoint that fed them
     * @param source the one that feeds them now, in the same pipeline
     */
    Future<Void> handOver(String former, String source);

    /**
     * Restarts ICE at an endpoint whose browser's network changed (RFC 8445 section 2.4); media goes on meanwhile. Kurento
     * cannot, and fails with {@link MediaFailure.Kind#ALREADY_NEGOTIATED}, as a relay does for an offer that asks for
     * anything else; the endpoint is as it was then.
     *
     * @param endpoint its id
     * @param offer the browser's offer with new ICE credentials, otherwise the same as its first
     * @return the answer, with the node's candidates in it
     */
    Future<String> restartIce(String endpoint, String offer);

    /**
     * Takes an endpoint over that another process made, or another part of this one: from now on the listener hears what
     * happens there, and whoever listened in this process before hears no more. Media is not touched. Fails with {@link
     * MediaFailure.Kind#NOT_FOUND} if the endpoint is gone.
     *
     * @param pipeline where it is
     * @param endpoint its id
     * @param direction what it is for
     * @param listener hears no candidates of the time before
     */
    Future<Void> adopt(String pipeline, String endpoint, Direction direction, EndpointListener listener);

    /** Leaves an endpoint to whoever adopted it: this listener hears no more, unless it was replaced already. */
    void disown(String endpoint, EndpointListener listener);

    /**
     * Hands one of the browser's candidates to an endpoint. Malformed ones are the node's to ignore. Candidates that
     * arrive before {@link #publish} or {@link #view} completed are the caller's to keep until then.
     */
    Future<Void> addCandidate(String endpoint, IceCandidate candidate);

    /** Releases a pipeline with all that is in it, or an endpoint; its listener hears no more. Unknown ids succeed. */
    Future<Void> release(String object);

    /**
     * Whether any media flows at an endpoint: from its browser, or the link's other end, if it was published; to it, if it
     * views. Fails with {@link MediaFailure.Kind#NOT_FOUND} if the endpoint is gone.
     */
    Future<Boolean> flows(String endpoint, Direction direction);

    /** How busy the node is; fails when the node does not answer, so that it serves as a probe. */
    Future<NodeLoad> load();

    /** Every pipeline on the node, whoever made it. */
    Future<List<Pipeline>> pipelines();

    /** The ids of all endpoints in a pipeline. */
    Future<Set<String>> endpoints(String pipeline);

    /** What stands at an endpoint since it was made; fails with {@link MediaFailure.Kind#NOT_FOUND} if it is gone. */
    Future<Map<String, String>> tags(String endpoint);
}
