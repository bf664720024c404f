package dev.grandstand.allocator;

import dev.grandstand.allocator.Ways.Arrival;
import dev.grandstand.allocator.Ways.Way;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the links of {@link Ways}, and ends those that are lost, or that nobody has wanted for a while. Confined to the
 * allocator's context.
 */
final class LinkKeeper {

    /** Stands at both ends of every link; its value is the stream. */
    static final String LINK_TAG = "link";

    private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);

    private final Vertx vertx;
    private final MediaServers servers;
    private final Supplier<Fleet> fleet;
    private final Ways ways;
    private final StreamSources sources;
    private final LinkNews news;
    private final Duration linger;
    /** Those that others have taken the place of, until they end. */
    private final Set<NodeLink> replaced = new HashSet<>();

    /** @param linger how long a link that nobody wants is kept */
    LinkKeeper(
            Vertx vertx,
            MediaServers servers,
            Supplier<Fleet> fleet,
            Ways ways,
            StreamSources sources,
            LinkNews news,
            Duration linger) {
        this.vertx = vertx;
        this.servers = servers;
        this.fleet = fleet;
        this.ways = ways;
        this.sources = sources;
        this.news = news;
        this.linger = linger;
    }

    /** Takes a link over that an earlier life left. */
    void adopt(RoomId room, Arrival arrival, MediaEvent.LinkMade made) {
        var way = new Way(made.source(), made.sending().node().id());
        fleet.get().seatsOn(room, arrival.node()).forEach(way.viewers::add);
        way.link = NodeLink.adopt(servers, made.sending(), made.arrival(), reason -> lost(room, arrival, way, reason));
        ways.put(room, arrival, way);
        ways.above(room, arrival, way).ifPresent(up -> up.below.add(arrival.node()));
        way.link.onFailure(gone -> lost(room, arrival, way, String.valueOf(gone.getMessage())));
        releaseIfUnwanted(room, arrival, way);
    }

    /** Another has taken its place; it goes on until it is released. */
    void replaced(NodeLink link) {
        replaced.add(link);
    }

    /** The way to a node, begun if there is none; wanted before anything else can find it unwanted. */
    Way way(RoomId room, StreamId stream, Site at, MediaLocation source, Consumer<Way> want) {
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
            release(link);
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
    void end(RoomId room, BiPredicate<Arrival, Way> which) {
        for (var entry : ways.of(room)) {
            var way = entry.getValue();
            if (which.test(entry.getKey(), way) && forget(room, entry.getKey(), way)) {
                way.link.onSuccess(link -> {
                    release(link);
                    news.tell(room, new MediaEvent.LinkEnded(entry.getKey().stream(), link.arrival()));
                });
                way.below.forEach(node ->
                        end(room, (arrival, fed) -> arrival.equals(new Arrival(entry.getKey().stream(), node))));
            }
        }
    }

    /**
     * Takes a way away, whatever becomes of its link.
     *
     * @return whether it was there
     */
    boolean forget(RoomId room, Arrival arrival, Way way) {
        if (!ways.remove(room, arrival, way)) {
            return false;
        }
        ways.above(room, arrival, way).ifPresent(up -> {
            up.below.remove(arrival.node());
            releaseIfUnwanted(room, new Arrival(arrival.stream(), way.from), up);
        });
        return true;
    }

    /** Changes who wants the ways to some nodes, and ends those that are wanted no more. */
    void unwanted(RoomId room, Predicate<Arrival> where, Predicate<Way> change) {
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

    /** Ends it at both nodes. */
    void release(NodeLink link) {
        replaced.remove(link);
        link.release().onFailure(failure -> LOG.atInfo()
                .addKeyValue("node", link.arrival().node().id())
                .log("link not released: {}", failure.getMessage()));
    }

    /** Whether an endpoint is an end of a link. */
    boolean has(RoomId room, String endpoint) {
        return replaced.stream().anyMatch(link -> isEnd(link, endpoint))
                || ways.of(room).stream()
                        .map(entry -> entry.getValue().link)
                        .anyMatch(link -> !link.isComplete() || (link.succeeded() && isEnd(link.result(), endpoint)));
    }

    private static boolean isEnd(NodeLink link, String endpoint) {
        return link.arrival().endpoint().equals(endpoint)
                || link.sending().endpoint().equals(endpoint);
    }
}
