package dev.grandstand.mediaclient.memory;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.Endpoint;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.NodeLoad;
import dev.grandstand.mediaclient.Offer;
import dev.grandstand.mediaclient.Pipeline;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One node in memory. Its lock is held for changes of state only, never while somebody is called. */
final class InMemoryNode implements MediaServer {

    private static final IceCandidate CANDIDATE =
            new IceCandidate("candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host", "0", 0);

    private static final String OFFER = """
            v=0\r
            o=- 1 1 IN IP4 0.0.0.0\r
            s=-\r
            t=0 0\r
            m=audio 1 UDP/TLS/RTP/SAVPF 96\r
            a=rtpmap:96 opus/48000/2\r
            m=video 1 UDP/TLS/RTP/SAVPF 104 105\r
            a=rtpmap:104 VP8/90000\r
            a=rtpmap:105 H264/90000\r
            a=fmtp:105 packetization-mode=1;profile-level-id=42e01f\r
            a=setup:actpass\r
            """;

    private final Instant since = Instant.now();
    private final Vertx vertx;
    private final NodeRef node;
    private final Map<String, Map<String, String>> pipelines = new LinkedHashMap<>();
    private final Map<String, Held> endpoints = new LinkedHashMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean alive = true;
    private boolean holding;
    private boolean full;

    InMemoryNode(Vertx vertx, NodeRef node) {
        this.vertx = vertx;
        this.node = node;
    }

    @Override
    public NodeRef node() {
        return node;
    }

    @Override
    public void connect() {
        // There is nothing in between.
    }

    @Override
    public Future<String> createPipeline(Map<String, String> tags) {
        return answer(() -> {
            var id = UUID.randomUUID() + "_kurento.MediaPipeline";
            pipelines.put(id, Map.copyOf(tags));
            return id;
        });
    }

    @Override
    public Future<Endpoint> publish(
            String pipeline, String offer, Map<String, String> tags, EndpointListener listener) {
        return answer(() -> endpoint(pipeline, Optional.empty(), offer, tags, listener));
    }

    @Override
    public Future<Endpoint> view(
            String pipeline, String source, String offer, Map<String, String> tags, EndpointListener listener) {
        return answer(() -> {
            requireSource(pipeline, source);
            return endpoint(pipeline, Optional.of(source), offer, tags, listener);
        });
    }

    @Override
    public Future<Endpoint> viewLater(
            String pipeline, String offer, Map<String, String> tags, EndpointListener listener) {
        return answer(() -> endpoint(pipeline, Optional.empty(), offer, tags, listener));
    }

    @Override
    public Future<Void> feed(String source, String endpoint) {
        return this.<Void>answer(() -> {
            var fed = held(endpoint);
            requireSource(fed.pipeline(), source);
            endpoints.put(endpoint, fed.fedBy(source));
            return null;
        });
    }

    @Override
    public Future<Offer> offer(String pipeline, String source, Map<String, String> tags, EndpointListener listener) {
        return answer(() -> {
            requireSource(pipeline, source);
            return new Offer(
                    endpoint(pipeline, Optional.of(source), OFFER, tags, listener)
                            .id(),
                    OFFER);
        });
    }

    @Override
    public Future<Void> acceptAnswer(String endpoint, String answer) {
        return this.<Void>answer(() -> {
            var held = held(endpoint);
            if (!isOffer(answer) || !held.offer().equals(OFFER)) {
                throw new MediaFailure(MediaFailure.Kind.BAD_SDP, 40204, "no SDP answer with media", null);
            }
            return null;
        });
    }

    @Override
    public Future<Void> handOver(String former, String source) {
        return this.<Void>answer(() -> {
            requireSource(held(former).pipeline(), source);
            endpoints.replaceAll(
                    (id, held) -> held.source().filter(former::equals).isPresent() ? held.fedBy(source) : held);
            return null;
        });
    }

    @Override
    public Future<String> restartIce(String endpoint, String offer) {
        return answer(() -> {
            var held = held(endpoint);
            if (!isOffer(offer)) {
                throw new MediaFailure(MediaFailure.Kind.BAD_SDP, 40201, "no SDP offer with media", null);
            }
            if (offer.equals(held.offer())) {
                throw new MediaFailure(
                        MediaFailure.Kind.ALREADY_NEGOTIATED, 40208, "Endpoint already negotiated", null);
            }
            endpoints.put(endpoint, held.offered(offer));
            return answerTo(offer) + "a=" + CANDIDATE.candidate() + "\r\n";
        });
    }

    private static boolean isOffer(String sdp) {
        return sdp.startsWith("v=0") && sdp.contains("\nm=");
    }

    private static String answerTo(String offer) {
        return offer.replace("actpass", "active").replaceAll("a=candidate.*\\R", "");
    }

    @Override
    public Future<Void> adopt(String pipeline, String endpoint, Direction direction, EndpointListener listener) {
        return this.<Void>answer(() -> {
            var held = held(endpoint);
            held.ear().silence();
            endpoints.put(endpoint, held.heardBy(new Ear(vertx.getOrCreateContext(), listener)));
            return null;
        });
    }

    @Override
    public void disown(String endpoint, EndpointListener listener) {
        find(endpoint).map(Held::ear).filter(ear -> ear.listener == listener).ifPresent(Ear::silence);
    }

    @Override
    public Future<Map<String, String>> tags(String endpoint) {
        return answer(() -> held(endpoint).tags());
    }

    @Override
    public Future<Void> addCandidate(String endpoint, IceCandidate candidate) {
        return this.<Void>answer(() -> {
            held(endpoint).candidates().add(candidate);
            return null;
        });
    }

    @Override
    public Future<Void> release(String object) {
        return this.<Void>answer(() -> {
            pipelines.remove(object);
            endpoints.entrySet().removeIf(entry -> {
                boolean goes = entry.getKey().equals(object)
                        || entry.getValue().pipeline().equals(object);
                if (goes) {
                    entry.getValue().ear().silence();
                }
                return goes;
            });
            return null;
        });
    }

    @Override
    public Future<NodeLoad> load() {
        return answer(() -> new NodeLoad(pipelines.size(), endpoints.size(), endpoints.size(), 1 << 20, since));
    }

    @Override
    public Future<List<Pipeline>> pipelines() {
        return answer(() -> pipelines.entrySet().stream()
                .map(entry -> new Pipeline(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public Future<Set<String>> endpoints(String pipeline) {
        return answer(() -> {
            if (!pipelines.containsKey(pipeline)) {
                throw notFound(pipeline);
            }
            return endpoints.entrySet().stream()
                    .filter(entry -> entry.getValue().pipeline().equals(pipeline))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        });
    }

    synchronized void die() {
        alive = false;
        endpoints.values().forEach(held -> held.ear().nodeLost("the media node is gone"));
        endpoints.clear();
        pipelines.clear();
    }

    synchronized void live() {
        alive = true;
    }

    synchronized void fill() {
        full = true;
    }

    synchronized Optional<Held> find(String endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint));
    }

    @Override
    public Future<Boolean> flows(String endpoint, Direction direction) {
        return answer(() -> !held(endpoint).flowing().isEmpty());
    }

    void flow(String endpoint, MediaKind kind, boolean flowing) {
        find(endpoint).ifPresent(held -> {
            if (flowing) {
                held.flowing().add(kind);
            } else {
                held.flowing().remove(kind);
            }
        });
        find(endpoint).ifPresent(held -> held.ear().tell(listener -> listener.flowing(kind, flowing)));
    }

    /** An endpoint. */
    record Held(
            String pipeline,
            Optional<String> source,
            String offer,
            Map<String, String> tags,
            Ear ear,
            List<IceCandidate> candidates,
            Set<MediaKind> flowing) {

        Held heardBy(Ear other) {
            return new Held(pipeline, source, offer, tags, other, candidates, flowing);
        }

        Held fedBy(String other) {
            return new Held(pipeline, Optional.of(other), offer, tags, ear, candidates, flowing);
        }

        Held offered(String anew) {
            return new Held(pipeline, source, anew, tags, ear, candidates, flowing);
        }
    }

    private Endpoint endpoint(
            String pipeline, Optional<String> source, String offer, Map<String, String> tags, EndpointListener listener)
            throws MediaFailure {
        if (!pipelines.containsKey(pipeline)) {
            throw notFound(pipeline);
        }
        if (!isOffer(offer)) {
            throw new MediaFailure(MediaFailure.Kind.BAD_SDP, 40201, "no SDP offer with media", null);
        }
        if (full) {
            throw new MediaFailure(MediaFailure.Kind.NO_RESOURCES, 40002, "NOT_ENOUGH_RESOURCES", null);
        }
        var ear = new Ear(vertx.getOrCreateContext(), listener);
        var id = pipeline + "/" + UUID.randomUUID() + "_kurento.WebRtcEndpoint";
        endpoints.put(
                id,
                new Held(
                        pipeline,
                        source,
                        offer,
                        Map.copyOf(tags),
                        ear,
                        new CopyOnWriteArrayList<>(),
                        new CopyOnWriteArraySet<>()));
        ear.tell(to -> to.candidate(CANDIDATE));
        return new Endpoint(id, answerTo(offer));
    }

    private Held held(String endpoint) throws MediaFailure {
        return find(endpoint).orElseThrow(() -> notFound(endpoint));
    }

    private void requireSource(String pipeline, String source) throws MediaFailure {
        if (!held(source).pipeline().equals(pipeline)) {
            throw notFound(source);
        }
    }

    private static MediaFailure notFound(String object) {
        return new MediaFailure(MediaFailure.Kind.NOT_FOUND, 40101, "Object '" + object + "' not found", null);
    }

    /** Acts at once, and answers on the caller's context, later. */
    private <T> Future<T> answer(Callable<T> action) {
        var context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        context.runOnContext(begin -> {
            try {
                T result = acted(action);
                say(() -> context.runOnContext(done -> promise.complete(result)));
            } catch (Exception refused) {
                say(() -> context.runOnContext(done -> promise.fail(refused)));
            }
        });
        return promise.future();
    }

    private void say(Runnable answer) {
        synchronized (this) {
            if (holding) {
                held.add(answer);
                return;
            }
        }
        answer.run();
    }

    synchronized void holdAnswers() {
        holding = true;
    }

    synchronized int heldAnswers() {
        return held.size();
    }

    synchronized void giveAnswers(int most) {
        for (int i = 0; i < most && !held.isEmpty(); i++) {
            held.remove().run();
        }
    }

    private synchronized <T> T acted(Callable<T> action) throws Exception {
        if (!alive) {
            throw new MediaFailure(MediaFailure.Kind.NODE_UNREACHABLE, 0, "the media node is gone", null);
        }
        return action.call();
    }

    /** A listener on its context. */
    static final class Ear {

        private final Context context;
        private final EndpointListener listener;
        private volatile boolean silent;

        Ear(Context context, EndpointListener listener) {
            this.context = context;
            this.listener = listener;
        }

        void silence() {
            silent = true;
        }

        void nodeLost(String reason) {
            tell(to -> {
                silent = true;
                to.nodeLost(reason);
            });
        }

        void tell(Consumer<EndpointListener> call) {
            context.runOnContext(hop -> {
                if (!silent) {
                    call.accept(listener);
                }
            });
        }
    }
}
