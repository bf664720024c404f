package dev.grandstand.allocator;

import dev.grandstand.allocator.Ways.Arrival;
import dev.grandstand.allocator.Ways.Way;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.Placement;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings streams to the nodes where they are watched: one link for each stream and node, however many watch it there; made
 * for the first of them, released a while after the last. Where the room's nodes are a tree, a stream takes the way along
 * it, and a node that only passes it on counts as one that wants it. Confined to the allocator's context. Long, because
 * what is asked for, what becomes of the fleet and what becomes of links change the same {@link Ways}.
 */
final class Links {

    /** Stands at both ends of every link; its value is the stream. */
    static final String LINK_TAG = "link";

    /** How long a link that another has taken the place of is kept for those who were just about to use it. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    /** Longest wait for a new link's first media: a stream whose camera and microphone are off has none. */
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final Vertx vertx;
    private final MediaServers servers;
    private final Supplier<Fleet> fleet;
    private final Function<EventRecord<MediaEvent>, Future<Void>> publish;
    private final Duration linger;
    private final InstantSource clock;
    private final Ways ways = new Ways();
    private final RememberedLinks remembered = new RememberedLinks();
    /** Those that others have taken the place of, until they end. */
    private final Set<NodeLink> former = new HashSet<>();

    private final StreamSources sources = new StreamSources();

    /**
     * @param publish completes when the event is durable
     * @param linger how long a link that nobody wants is kept
     */
    Links(
            Vertx vertx,
            MediaServers servers,
            Supplier<Fleet> fleet,
            Function<EventRecord<MediaEvent>, Future<Void>> publish,
            Duration linger,
            InstantSource clock) {
        this.vertx = vertx;
        this.servers = servers;
        this.fleet = fleet;
        this.publish = publish;
        this.linger = linger;
        this.clock = clock;
    }

    /** An event of an earlier life. */
    void replay(EventRecord<MediaEvent> record) {
        remembered.replay(record);
    }

    /** All of it has been replayed: takes the links over that an earlier life left. */
    void resume() {
        remembered.take().forEach((room, links) -> links.forEach((arrival, made) -> resume(room, arrival, made)));
    }

    private void resume(RoomId room, Arrival arrival, MediaEvent.LinkMade made) {
        var way = new Way(made.source(), made.sending().node().id());
        fleet.get().seatsOn(room, arrival.node()).forEach(way.viewers::add);
        way.link = NodeLink.adopt(servers, made.sending(), made.arrival(), reason -> lost(room, arrival, way, reason));
        ways.put(room, arrival, way);
        ways.above(room, arrival, way).ifPresent(up -> up.below.add(arrival.node()));
        way.link.onFailure(gone -> lost(room, arrival, way, String.valueOf(gone.getMessage())));
        releaseIfUnwanted(room, arrival, way);
    }

    /** Completes when it is answered. */
    Future<Void> request(RoomId room, CommandId cause, ParticipantId viewer, StreamId stream, MediaLocation asked) {
        var seat = fleet.get().seat(room, viewer);
        if (seat.isEmpty()) {
            return tell(room, cause, new MediaEvent.LinkRefused(stream, "whoever watches needs a seat"));
        }
        var source = sources.meant(room, stream, asked);
        if (seat.get().node().equals(source.node())) {
            return tell(room, cause, new MediaEvent.LinkMade(stream, source, source, source));
        }
        // Whoever asks may have heard of a move before we do.
        sources.now(room, stream)
                .filter(former -> !former.equals(source))
                .ifPresent(former -> lead(room, stream, former, source, List.of()));
        return way(room, stream, seat.get(), source, way -> way.viewers.add(viewer))
                .link
                .transform(made -> tell(
                        room,
                        cause,
                        made.succeeded()
                                ? made(stream, source, made.result())
                                : new MediaEvent.LinkRefused(
                                        stream, String.valueOf(made.cause().getMessage()))));
    }

    private static MediaEvent made(StreamId stream, MediaLocation source, NodeLink link) {
        return new MediaEvent.LinkMade(stream, source, link.sending(), link.arrival());
    }

    /** The participant watches the stream no more. */
    void release(RoomId room, ParticipantId viewer, StreamId stream) {
        unwanted(room, arrival -> arrival.stream().equals(stream), way -> way.viewers.remove(viewer));
    }

    /** What was decided about the fleet, or happened to it. */
    void follow(EventRecord<MediaEvent> record) {
        var room = record.room();
        switch (record.event()) {
            case MediaEvent.SeatReleased(var who) -> unwanted(room, any -> true, way -> way.viewers.remove(who));
            case MediaEvent.SeatMoved(var who, var from) ->
                unwanted(room, arrival -> arrival.node().equals(from.id()), way -> way.viewers.remove(who));
            case MediaEvent.EdgeGone(var node) ->
                end(room, (arrival, way) -> arrival.node().equals(node.id()) || way.from.equals(node.id()));
            case MediaEvent.EdgeAdded added ->
                // It has been decided, and is true once all that was decided with it is.
                vertx.runOnContext(decided -> lead(room));
            case MediaEvent.RoomReleased released -> {
                sources.forget(room);
                end(room, (arrival, way) -> true);
            }
            case MediaEvent.RoomMediaLost lost -> end(room, (arrival, way) -> true);
            case MediaEvent other -> {}
        }
    }

    /** A stream comes from this endpoint now. */
    void streamStarted(RoomId room, StreamId stream, MediaLocation source) {
        sources.started(room, stream, source);
    }

    /** A stream comes from another endpoint than before; once everybody who watches is fed from there, that is told. */
    void streamMoved(RoomId room, CommandId cause, RoomEvent.StreamMoved moved) {
        sources.moved(room, moved.stream(), moved.former(), moved.source());
        var watching = fleet.get().seatsOn(room, moved.former().node().id()).stream()
                .filter(who -> !who.equals(moved.participant()))
                .toList();
        lead(room, moved.stream(), moved.former(), moved.source(), watching)
                .onComplete(led -> tell(room, cause, new MediaEvent.StreamLed(moved.stream(), moved.source())));
    }

    /** Nobody publishes the stream any more; whoever publishes it anew may have been heard of before. */
    void streamStopped(RoomId room, StreamId stream) {
        var source = sources.stopped(room, stream);
        end(
                room,
                (arrival, way) -> arrival.stream().equals(stream)
                        && source.filter(last -> !way.source.equals(last)).isEmpty());
    }

    /** The room's nodes pull from one another in another way: streams that came along the former one are led anew. */
    private void lead(RoomId room) {
        var placement = fleet.get().placement(room);
        if (placement.isEmpty()) {
            return;
        }
        for (var entry : ways.of(room)) {
            var way = entry.getValue();
            var node = entry.getKey().node();
            var at = placement.get().site(node);
            if (at.isPresent()
                    && placement.get().site(way.source.node().id()).isPresent()
                    && !placement.get().next(node, way.source.node().id()).equals(way.from)) {
                way.link.onSuccess(link -> leadAnew(room, entry.getKey(), way, at.get()));
            }
        }
    }

    private void leadAnew(RoomId room, Arrival arrival, Way former, Site at) {
        if (forget(room, arrival, former)) {
            leadOver(room, arrival, former, at, former.source, former.below);
        }
    }

    /**
     * Has a stream come from another endpoint everywhere: ways that lie in the new one's direction already are kept, others
     * made anew.
     *
     * @param watching who is fed by the former endpoint itself
     */
    private Future<Void> lead(
            RoomId room, StreamId stream, MediaLocation former, MediaLocation source, List<ParticipantId> watching) {
        var begun = ways.of(room).stream()
                .filter(entry -> entry.getKey().stream().equals(stream))
                .map(entry -> entry.getValue().link)
                .toList();
        return Future.join(begun).transform(settled -> {
            var tree = fleet.get().placement(room);
            return tree.flatMap(placed -> placed.site(source.node().id())).isPresent()
                    ? lead(room, tree.get(), stream, former, source, watching)
                    : Future.succeededFuture();
        });
    }

    private Future<Void> lead(
            RoomId room,
            Placement tree,
            StreamId stream,
            MediaLocation former,
            MediaLocation source,
            List<ParticipantId> watching) {
        var to = source.node().id();
        var kept = new HashMap<NodeId, Set<NodeId>>();
        var turned = new LinkedHashMap<Arrival, Way>();
        for (var entry : ways.of(room)) {
            var arrival = entry.getKey();
            var way = entry.getValue();
            if (!arrival.stream().equals(stream) || !way.source.equals(former)) {
                continue;
            }
            if (!arrival.node().equals(to) && tree.next(arrival.node(), to).equals(way.from)) {
                way.source = source;
                kept.computeIfAbsent(way.from, first -> new HashSet<>()).add(arrival.node());
            } else if (forget(room, arrival, way)) {
                turned.put(arrival, way);
            }
        }
        var led = new ArrayList<Future<?>>();
        led.add(leaveFormer(room, tree, stream, former, source, way -> {
            way.viewers.addAll(watching);
            way.below.addAll(kept.getOrDefault(former.node().id(), Set.of()));
        }));
        turned.forEach((arrival, way) -> tree.site(arrival.node())
                .ifPresent(at -> led.add(
                        leadOver(room, arrival, way, at, source, kept.getOrDefault(arrival.node(), Set.of())))));
        return Future.join(led).mapEmpty();
    }

    /** Whatever the former endpoint itself fed is fed by the new one, or by a link from there if anybody wants it. */
    private Future<Void> leaveFormer(
            RoomId room,
            Placement tree,
            StreamId stream,
            MediaLocation former,
            MediaLocation source,
            Consumer<Way> wanted) {
        if (former.node().equals(source.node())) {
            return handOver(former.node(), former.endpoint(), source.endpoint());
        }
        var probe = new Way(source, former.node().id());
        wanted.accept(probe);
        var at = tree.site(former.node().id());
        return at.isEmpty() || !probe.isWanted()
                ? Future.succeededFuture()
                : carrying(room, stream, way(room, stream, at.get(), source, wanted))
                        .compose(feed -> handOver(former.node(), former.endpoint(), feed));
    }

    /** Whoever a way fed goes over to what feeds them from now on; its link ends a moment later. */
    private Future<Void> leadOver(
            RoomId room, Arrival arrival, Way former, Site at, MediaLocation source, Set<NodeId> below) {
        var feed = source.node().equals(at.node())
                ? Future.succeededFuture(source.endpoint())
                : carrying(room, arrival.stream(), way(room, arrival.stream(), at, source, way -> {
                    way.viewers.addAll(former.viewers);
                    way.below.addAll(below);
                }));
        return former.link.onSuccess(this.former::add).compose(link -> feed.compose(
                        now -> handOver(at.node(), link.arrival().endpoint(), now))
                .onComplete(led -> vertx.setTimer(STRAGGLERS.toMillis(), late -> retire(room, arrival, at, link))));
    }

    /** The endpoint that feeds viewers at the end of a way, once there is something to see, or time enough for that. */
    private Future<String> carrying(RoomId room, StreamId stream, Way way) {
        return way.link
                // An allocator that takes over knows of no links but those that were told.
                .compose(link -> tell(room, CommandId.random(), made(stream, way.source, link))
                        .map(link))
                .compose(link -> link.flowing()
                        .timeout(FLOWS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .transform(
                                flows -> Future.succeededFuture(link.arrival().endpoint())));
    }

    private Future<Void> handOver(NodeRef node, String former, String source) {
        return servers.on(node).handOver(former, source);
    }

    /** Who connected to the former link meanwhile goes over, too; if there is no other, they watch anew. */
    private void retire(RoomId room, Arrival arrival, Site at, NodeLink former) {
        feed(room, arrival)
                .ifPresentOrElse(
                        now -> handOver(at.node(), former.arrival().endpoint(), now)
                                .onComplete(done -> releaseLink(former)),
                        () -> {
                            releaseLink(former);
                            tell(
                                    room,
                                    CommandId.random(),
                                    new MediaEvent.LinkEnded(arrival.stream(), former.arrival()));
                        });
    }

    /** What feeds viewers of a stream on a node: the stream's own endpoint, or the end of a link. */
    private Optional<String> feed(RoomId room, Arrival arrival) {
        return sources.now(room, arrival.stream())
                .filter(source -> source.node().id().equals(arrival.node()))
                .map(MediaLocation::endpoint)
                .or(() -> ways.find(room, arrival)
                        .filter(way -> way.link.succeeded())
                        .map(way -> way.link.result().arrival().endpoint()));
    }

    /** Those that are made. */
    List<NodeLink> made() {
        return ways.made();
    }

    /** Whether an endpoint is an end of a link. */
    boolean has(RoomId room, String endpoint) {
        return former.stream().anyMatch(link -> isEnd(link, endpoint))
                || ways.of(room).stream()
                        .map(entry -> entry.getValue().link)
                        .anyMatch(link -> !link.isComplete() || (link.succeeded() && isEnd(link.result(), endpoint)));
    }

    private static boolean isEnd(NodeLink link, String endpoint) {
        return link.arrival().endpoint().equals(endpoint)
                || link.sending().endpoint().equals(endpoint);
    }

    /** A room's links, for operators. */
    JsonArray shown(RoomId room) {
        return ways.shown(room);
    }

    /** How many links there are, those in the making included. */
    int count() {
        return ways.count();
    }

    /** The way to a node, begun if there is none; wanted before anything else can find it unwanted. */
    private Way way(RoomId room, StreamId stream, Site at, MediaLocation source, Consumer<Way> want) {
        var arrival = new Arrival(stream, at.node().id());
        var known = ways.find(room, arrival).orElse(null);
        // One from where the stream was last is about to be led from where it is now.
        if (known != null
                && (known.source.equals(source)
                        || sources.now(room, stream)
                                .filter(known.source::equals)
                                .isPresent())) {
            want.accept(known);
            return known;
        }
        if (known != null) {
            end(room, (other, way) -> way == known);
        }
        var placement = fleet.get().placement(room).orElseThrow();
        if (placement.site(source.node().id()).isEmpty()) {
            var nowhere = new Way(source, source.node().id());
            nowhere.link = Future.failedFuture("the stream's node is not one of the room's");
            return nowhere;
        }
        var next = placement.next(at.node().id(), source.node().id());
        var way = new Way(source, next);
        want.accept(way);
        ways.put(room, arrival, way);
        way.link = upstream(room, stream, next, at, source)
                .compose(feed -> NodeLink.make(
                        servers.on(feed.node()),
                        feed.pipeline(),
                        feed.endpoint(),
                        servers.on(at.node()),
                        at.pipeline(),
                        feed.codec(),
                        Map.of("room", room.value(), LINK_TAG, stream.value()),
                        reason -> lost(room, arrival, way, reason)))
                .onSuccess(made -> made(room, arrival, way, made))
                .onFailure(failure -> failed(room, arrival, way, failure));
        return way;
    }

    private Future<MediaLocation> upstream(RoomId room, StreamId stream, NodeId next, Site at, MediaLocation source) {
        if (next.equals(source.node().id())) {
            return Future.succeededFuture(source);
        }
        var site = fleet.get()
                .placement(room)
                .flatMap(placement -> placement.site(next))
                .orElseThrow();
        return way(room, stream, site, source, way -> way.below.add(at.node().id()))
                .link
                .map(NodeLink::arrival);
    }

    private void made(RoomId room, Arrival arrival, Way way, NodeLink link) {
        LOG.atInfo()
                .addKeyValue("room", room)
                .addKeyValue("stream", arrival.stream())
                .addKeyValue("from", way.from)
                .addKeyValue("to", arrival.node())
                .log("link made");
        if (ways.find(room, arrival).filter(current -> current == way).isEmpty()) {
            // Ended while it was made.
            releaseLink(link);
        }
    }

    private void failed(RoomId room, Arrival arrival, Way way, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("room", room)
                .addKeyValue("stream", arrival.stream())
                .addKeyValue("from", way.from)
                .addKeyValue("to", arrival.node())
                .log("link not made: {}", failure.getMessage());
        forget(room, arrival, way);
    }

    private void lost(RoomId room, Arrival arrival, Way way, String reason) {
        LOG.atInfo()
                .addKeyValue("room", room)
                .addKeyValue("stream", arrival.stream())
                .addKeyValue("to", arrival.node())
                .addKeyValue("reason", reason)
                .log("link lost");
        end(room, (other, candidate) -> candidate == way);
    }

    /** Ends ways, and those that they feed. */
    private void end(RoomId room, BiPredicate<Arrival, Way> which) {
        for (var entry : ways.of(room)) {
            var way = entry.getValue();
            if (which.test(entry.getKey(), way) && forget(room, entry.getKey(), way)) {
                way.link.onSuccess(link -> {
                    releaseLink(link);
                    tell(room, CommandId.random(), new MediaEvent.LinkEnded(entry.getKey().stream(), link.arrival()));
                });
                way.below.forEach(node ->
                        end(room, (arrival, fed) -> arrival.equals(new Arrival(entry.getKey().stream(), node))));
            }
        }
    }

    /** @return whether it was there */
    private boolean forget(RoomId room, Arrival arrival, Way way) {
        if (!ways.remove(room, arrival, way)) {
            return false;
        }
        ways.above(room, arrival, way).ifPresent(up -> {
            up.below.remove(arrival.node());
            releaseIfUnwanted(room, new Arrival(arrival.stream(), way.from), up);
        });
        return true;
    }

    private void unwanted(RoomId room, Predicate<Arrival> where, Predicate<Way> change) {
        for (var entry : ways.of(room)) {
            if (where.test(entry.getKey()) && change.test(entry.getValue())) {
                releaseIfUnwanted(room, entry.getKey(), entry.getValue());
            }
        }
    }

    private void releaseIfUnwanted(RoomId room, Arrival arrival, Way way) {
        if (!way.isWanted()) {
            vertx.setTimer(linger.toMillis(), timer -> {
                if (!way.isWanted()) {
                    end(room, (other, candidate) -> candidate == way);
                }
            });
        }
    }

    private void releaseLink(NodeLink link) {
        former.remove(link);
        link.release().onFailure(failure -> LOG.atInfo()
                .addKeyValue("node", link.arrival().node().id())
                .log("link not released: {}", failure.getMessage()));
    }

    private Future<Void> tell(RoomId room, CommandId cause, MediaEvent event) {
        return publish.apply(new EventRecord<>(room, cause, clock.instant(), event))
                .onFailure(failure -> LOG.atError().setCause(failure).log("media event not published"));
    }
}
