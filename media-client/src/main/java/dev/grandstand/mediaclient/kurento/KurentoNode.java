package dev.grandstand.mediaclient.kurento;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.NodeLoad;
import dev.grandstand.mediaclient.Offer;
import dev.grandstand.mediaclient.Pipeline;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kurento.client.ElementConnectionData;
import org.kurento.client.KurentoClient;
import org.kurento.client.MediaObject;
import org.kurento.client.MediaPipeline;
import org.kurento.client.MediaType;
import org.kurento.client.Tag;
import org.kurento.client.WebRtcEndpoint;

/** A node behind two links: one for media, one for looking at it, since measuring its CPU holds a connection up. */
final class KurentoNode implements MediaServer {

    /** Kurento sleeps this long to measure; its answer is the mean over that time. Milliseconds. */
    private static final int CPU_INTERVAL = 200;

    /** A bandwidth in kbit/s that is none. */
    private static final int UNLIMITED = 0;

    /**
     * What a publisher or a link is asked for at least, in kbit/s. Kurento asks for what the worst of those can take who are
     * fed by it, down to 100; a relay for what the best can. So that one bad connection does not spoil a picture for all.
     */
    private static final int LEAST_VIDEO = 300;

    private static final String ENDPOINT = "WebRtcEndpoint";

    private final VertxInternal vertx;
    private final WebSocketClient client;
    private final NodeRef node;
    private final Duration silence;
    private final Consumer<NodeRef> onLost;
    private final Map<String, WatchedEndpoint> watched = new ConcurrentHashMap<>();
    private @Nullable Link media;
    private @Nullable Link monitor;

    KurentoNode(VertxInternal vertx, WebSocketClient client, NodeRef node, Duration silence, Consumer<NodeRef> onLost) {
        this.vertx = vertx;
        this.client = client;
        this.node = node;
        this.silence = silence;
        this.onLost = onLost;
    }

    @Override
    public NodeRef node() {
        return node;
    }

    @Override
    public void connect() {
        media();
    }

    @Override
    public Future<String> createPipeline(Map<String, String> tags) {
        return media().call(rpc -> new TransactionRequest("MediaPipeline", Map.of(), tags).send(rpc))
                .map(TransactionRequest.Outcome::object);
    }

    @Override
    public Future<Endpoint> publish(
            String pipeline, String offer, Map<String, String> tags, EndpointListener listener) {
        var request = newEndpoint(pipeline, tags)
                .invoke(
                        TransactionRequest.NEW,
                        "setMinVideoRecvBandwidth",
                        Map.of("minVideoRecvBandwidth", LEAST_VIDEO));
        return endpoint(pipeline, offer, listener, Direction.PUBLISH, request);
    }

    @Override
    public Future<Endpoint> view(
            String pipeline, String source, String offer, Map<String, String> tags, EndpointListener listener) {
        var request = fedBy(source, newEndpoint(pipeline, tags));
        return endpoint(pipeline, offer, listener, Direction.VIEW, request);
    }

    @Override
    public Future<Endpoint> viewLater(
            String pipeline, String offer, Map<String, String> tags, EndpointListener listener) {
        return endpoint(pipeline, offer, listener, Direction.VIEW, unlimited(newEndpoint(pipeline, tags)));
    }

    @Override
    public Future<Void> feed(String source, String endpoint) {
        return media().typed(kurento -> connect(kurento, source, endpoint));
    }

    @Override
    public Future<Offer> offer(String pipeline, String source, Map<String, String> tags, EndpointListener listener) {
        var endpoint = new WatchedEndpoint(pipeline, Direction.VIEW, listener, vertx.getOrCreateContext());
        var request = fedBy(source, newEndpoint(Map.of("mediaPipeline", pipeline, "sendonly", true), tags))
                .subscribe(WatchedEndpoint.flowEvent(Direction.VIEW))
                .invoke(TransactionRequest.NEW, "generateOffer", Map.of());
        return make(media(), endpoint, request, made -> {})
                .map(made -> new Offer(made.object(), made.last().getAsString()));
    }

    @Override
    public Future<Void> acceptAnswer(String endpoint, String answer) {
        var link = media();
        return link.<String>typed(kurento -> Link.asked(
                        done -> kurento.getById(endpoint, WebRtcEndpoint.class).processAnswer(answer, done)))
                .onSuccess(accepted -> gather(link, endpoint))
                .mapEmpty();
    }

    @Override
    public Future<Void> handOver(String former, String source) {
        return media().typed(kurento -> Link.<List<ElementConnectionData>>asked(
                        kurento.getById(former, WebRtcEndpoint.class)::getSinkConnections)
                .compose(fed -> Future.join(fed.stream()
                        .map(connection -> connection.getSink().getId())
                        .distinct()
                        .map(sink -> connect(kurento, source, sink))
                        .toList()))
                .mapEmpty());
    }

    private static Future<Void> connect(KurentoClient kurento, String source, String sink) {
        return Link.asked(done -> kurento.getById(source, WebRtcEndpoint.class)
                .connect(kurento.getById(sink, WebRtcEndpoint.class), done));
    }

    @Override
    public Future<String> restartIce(String endpoint, String offer) {
        if (!Sdp.isOffer(offer)) {
            return Future.failedFuture(Failures.badSdp("no SDP offer with media"));
        }
        return media().typed(kurento -> Link.asked(
                answer -> kurento.getById(endpoint, WebRtcEndpoint.class).processOffer(offer, answer)));
    }

    /** What is subscribed to already would be told twice; asking for the tags shows that the endpoint is there. */
    @Override
    public Future<Void> adopt(String pipeline, String endpoint, Direction direction, EndpointListener listener) {
        var taken = new WatchedEndpoint(pipeline, direction, listener, vertx.getOrCreateContext());
        var before = watched.put(endpoint, taken);
        var adopted = before == null
                ? media().call(rpc -> subscribe(rpc, endpoint, WatchedEndpoint.CANDIDATE_EVENT)
                        .compose(done -> subscribe(rpc, endpoint, WatchedEndpoint.flowEvent(direction))))
                : media().call(rpc -> rpc.request("invoke", operation(endpoint, "getTags")));
        if (before != null) {
            before.silence();
        }
        return adopted.<Void>mapEmpty().onFailure(failure -> watched.remove(endpoint, taken));
    }

    @Override
    public void disown(String endpoint, EndpointListener listener) {
        watched.computeIfPresent(endpoint, (id, watcher) -> {
            if (watcher.isFor(listener)) {
                watcher.silence();
                return null;
            }
            return watcher;
        });
    }

    private static Future<JsonElement> subscribe(RpcSocket rpc, String endpoint, String event) {
        var params = new JsonObject();
        params.addProperty("object", endpoint);
        params.addProperty("type", event);
        return rpc.request("subscribe", params);
    }

    private static JsonObject operation(String object, String operation) {
        var params = new JsonObject();
        params.addProperty("object", object);
        params.addProperty("operation", operation);
        return params;
    }

    @Override
    public Future<Void> addCandidate(String endpoint, IceCandidate candidate) {
        if (!endpoint.endsWith(ENDPOINT)) {
            return Future.failedFuture(new MediaFailure(MediaFailure.Kind.NOT_FOUND, 0, "no endpoint's id", null));
        }
        var theirs = new org.kurento.client.IceCandidate(
                candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
        return media().typed(kurento -> Link.asked(
                answer -> kurento.getById(endpoint, WebRtcEndpoint.class).addIceCandidate(theirs, answer)));
    }

    @Override
    public Future<Void> release(String object) {
        watched.entrySet().removeIf(entry -> {
            boolean goes = entry.getKey().equals(object) || entry.getValue().isIn(object);
            if (goes) {
                entry.getValue().silence();
            }
            return goes;
        });
        return media().call(rpc -> TransactionRequest.release(rpc, object))
                .<Void>mapEmpty()
                .recover(failure -> isNotFound(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    @Override
    public Future<Boolean> flows(String endpoint, Direction direction) {
        return monitor().typed(kurento -> {
            var asked = kurento.getById(endpoint, WebRtcEndpoint.class);
            return flows(asked, MediaType.VIDEO, direction)
                    .compose(picture ->
                            picture ? Future.succeededFuture(true) : flows(asked, MediaType.AUDIO, direction));
        });
    }

    /** Named as seen from the pipeline. */
    private static Future<Boolean> flows(WebRtcEndpoint endpoint, MediaType kind, Direction direction) {
        return Link.asked(answer -> {
            switch (direction) {
                case PUBLISH -> endpoint.isMediaFlowingOut(kind, answer);
                case VIEW -> endpoint.isMediaFlowingIn(kind, answer);
            }
        });
    }

    @Override
    public Future<NodeLoad> load() {
        return monitor().typed(kurento -> {
            var manager = kurento.getServerManager();
            var memory = Link.<Long>asked(manager::getUsedMemory);
            var since = Link.<Integer>asked(manager::getCreationTime);
            return pipelinesOf(kurento).compose(pipelines -> {
                var counts = pipelines.stream().map(KurentoNode::endpointsOf).toList();
                var cpu = Link.<Float>asked(answer -> manager.getUsedCpu(CPU_INTERVAL, answer));
                return Future.all(cpu, memory, since, Future.all(counts))
                        .map(done -> new NodeLoad(
                                pipelines.size(),
                                counts.stream()
                                        .mapToInt(count -> count.result().size())
                                        .sum(),
                                cpu.result(),
                                memory.result() * 1024,
                                Instant.ofEpochSecond(since.result())));
            });
        });
    }

    @Override
    public Future<List<Pipeline>> pipelines() {
        return monitor().typed(kurento -> pipelinesOf(kurento).compose(pipelines -> {
            var found = pipelines.stream().map(KurentoNode::withTags).toList();
            return Future.all(found).map(done -> found.stream()
                    .map(Future::result)
                    .filter(Objects::nonNull)
                    .toList());
        }));
    }

    @Override
    public Future<Set<String>> endpoints(String pipeline) {
        return monitor().typed(kurento -> Link.<List<MediaObject>>asked(
                        kurento.getById(pipeline, MediaPipeline.class)::getChildren)
                .map(KurentoNode::endpointIds));
    }

    @Override
    public Future<Map<String, String>> tags(String endpoint) {
        return monitor()
                .typed(kurento -> Link.<List<Tag>>asked(kurento.getById(endpoint, WebRtcEndpoint.class)::getTags)
                        .map(KurentoNode::asMap));
    }

    Future<Void> close() {
        Link first;
        Link second;
        synchronized (this) {
            first = media;
            second = monitor;
        }
        watched.values().removeIf(endpoint -> {
            endpoint.silence();
            return true;
        });
        return Future.all(
                        first == null ? Future.succeededFuture() : first.close(),
                        second == null ? Future.succeededFuture() : second.close())
                .mapEmpty();
    }

    private static TransactionRequest newEndpoint(String pipeline, Map<String, String> tags) {
        return newEndpoint(Map.of("mediaPipeline", pipeline), tags);
    }

    private static TransactionRequest newEndpoint(Map<String, Object> constructor, Map<String, String> tags) {
        return new TransactionRequest(ENDPOINT, constructor, tags).subscribe(WatchedEndpoint.CANDIDATE_EVENT);
    }

    private static TransactionRequest fedBy(String source, TransactionRequest endpoint) {
        return unlimited(endpoint).invoke(source, "connect", Map.of("sink", TransactionRequest.NEW));
    }

    /**
     * Kurento would send no more than 500 kbit/s of picture, and ask the publisher for no more than that. The limit has to
     * be lifted before anything is negotiated.
     */
    private static TransactionRequest unlimited(TransactionRequest endpoint) {
        return endpoint.invoke(
                TransactionRequest.NEW, "setMaxVideoSendBandwidth", Map.of("maxVideoSendBandwidth", UNLIMITED));
    }

    /**
     * One round trip to the answer. Candidates that are not in it are gathered right after it, so that nothing holds the answer
     * up: on a connection whose requests are carried out one after another they may come much later.
     */
    private Future<Endpoint> endpoint(
            String pipeline, String offer, EndpointListener listener, Direction direction, TransactionRequest request) {
        if (!Sdp.isOffer(offer)) {
            return Future.failedFuture(Failures.badSdp("no SDP offer with media"));
        }
        var endpoint = new WatchedEndpoint(pipeline, direction, listener, vertx.getOrCreateContext());
        request.subscribe(WatchedEndpoint.flowEvent(direction))
                .invoke(TransactionRequest.NEW, "processOffer", Map.of("offer", offer));
        var link = media();
        return make(link, endpoint, request, made -> {
                    if (!Sdp.hasCandidates(made.last().getAsString())) {
                        gather(link, made.object());
                    }
                })
                .map(made -> new Endpoint(made.object(), made.last().getAsString()));
    }

    /** What was asked for too long is not wanted any more when it is made after all. */
    private Future<TransactionRequest.Outcome> make(
            Link link,
            WatchedEndpoint endpoint,
            TransactionRequest request,
            Consumer<TransactionRequest.Outcome> then) {
        var abandoned = new AtomicBoolean();
        return link.call(rpc -> request.send(rpc).compose(made -> {
                    if (abandoned.get() || !Sdp.hasMedia(made.last().getAsString())) {
                        return TransactionRequest.release(rpc, made.object())
                                .transform(gone -> Future.failedFuture(Failures.badSdp("no media in common")));
                    }
                    watched.put(made.object(), endpoint);
                    then.accept(made);
                    return Future.succeededFuture(made);
                }))
                .onFailure(failure -> abandoned.set(true));
    }

    /** Once more if the connection breaks meanwhile; gathering twice does no harm. */
    private void gather(Link link, String id) {
        var params = operation(id, "gatherCandidates");
        link.call(rpc -> rpc.request("invoke", params.deepCopy()))
                .recover(broken -> link.call(rpc -> rpc.request("invoke", params.deepCopy())))
                .onFailure(failure -> {
                    var endpoint = watched.remove(id);
                    if (endpoint != null) {
                        endpoint.lost("no candidates: " + failure.getMessage());
                    }
                });
    }

    private static Future<List<MediaPipeline>> pipelinesOf(KurentoClient kurento) {
        return Link.asked(kurento.getServerManager()::getPipelines);
    }

    /** Nobody's endpoints, if the pipeline went away meanwhile. */
    private static Future<Set<String>> endpointsOf(MediaPipeline pipeline) {
        return Link.<List<MediaObject>>asked(pipeline::getChildren)
                .map(KurentoNode::endpointIds)
                .recover(failure -> isNotFound(Failures.of(failure))
                        ? Future.succeededFuture(Set.of())
                        : Future.failedFuture(failure));
    }

    private static Set<String> endpointIds(List<MediaObject> children) {
        return children.stream()
                .filter(WebRtcEndpoint.class::isInstance)
                .map(MediaObject::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Future<@Nullable Pipeline> withTags(MediaPipeline pipeline) {
        return Link.<List<Tag>>asked(pipeline::getTags)
                .<@Nullable Pipeline>map(tags -> new Pipeline(pipeline.getId(), asMap(tags)))
                .recover(failure ->
                        isNotFound(Failures.of(failure)) ? Future.succeededFuture(null) : Future.failedFuture(failure));
    }

    private static Map<String, String> asMap(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof MediaFailure refused && refused.kind() == MediaFailure.Kind.NOT_FOUND;
    }

    private synchronized Link media() {
        var link = media;
        if (link == null || link.isLost()) {
            link = new Link("media", vertx, client, node, silence, this::happened, this::lost);
            media = link;
        }
        return link;
    }

    /** Looking at a node is a use of it too: the media link is opened as well, and tells when the node is lost. */
    private synchronized Link monitor() {
        media();
        var link = monitor;
        if (link == null || link.isLost()) {
            link = new Link("monitor", vertx, client, node, silence, event -> {}, gone -> {});
            monitor = link;
        }
        return link;
    }

    private void happened(JsonObject event) {
        var endpoint = watched.get(event.get("object").getAsString());
        if (endpoint != null) {
            endpoint.happened(event.get("type").getAsString(), event.getAsJsonObject("data"));
        }
    }

    private void lost(Link link) {
        watched.values().removeIf(endpoint -> {
            endpoint.nodeLost("the media node is gone");
            return true;
        });
        onLost.accept(node);
    }
}
