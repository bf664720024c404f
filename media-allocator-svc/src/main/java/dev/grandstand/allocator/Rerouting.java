package dev.grandstand.allocator;

import dev.grandstand.allocator.Ways.Arrival;
import dev.grandstand.allocator.Ways.Way;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.Placement;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has streams that are watched come another way, from another endpoint or past another node, without anybody who watches
 * noticing: the new way is made beside the former one, carries the stream, and then they are handed over. Confined to the
 * allocator's context.
 */
final class Rerouting {

    /** How long a link that another has taken the place of is kept for those who were just about to use it. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    /** Longest wait for a new link's first media: a stream whose camera and microphone are off has none. */
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final MediaServers servers;
    private final Supplier<Fleet> fleet;
    private final Ways ways;
    private final StreamSources sources;
    private final LinkKeeper keeper;
    private final LinkNews news;

    Rerouting(
            Vertx vertx,
            MediaServers servers,
            Supplier<Fleet> fleet,
            Ways ways,
            StreamSources sources,
            LinkKeeper keeper,
            LinkNews news) {
        this.vertx = vertx;
        this.servers = servers;
        this.fleet = fleet;
        this.ways = ways;
        this.sources = sources;
        this.keeper = keeper;
        this.news = news;
    }

    /** The room's nodes pull from one another in another way: streams that came along the former one are led anew. */
    void lead(RoomId room) {
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
        if (keeper.forget(room, arrival, former)) {
            leadOver(room, arrival, former, at, former.source, former.below);
        }
    }

    /**
     * Has a stream come from another endpoint everywhere: ways that lie in the new one's direction already are kept, others
     * made anew.
     *
     * @param watching who is fed by the former endpoint itself
     */
    Future<Void> lead(
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
            } else if (keeper.forget(room, arrival, way)) {
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
                : carrying(room, stream, keeper.way(room, stream, at.get(), source, wanted))
                        .compose(feed -> handOver(former.node(), former.endpoint(), feed));
    }

    /** Whoever a way fed goes over to what feeds them from now on; its link ends a moment later. */
    private Future<Void> leadOver(
            RoomId room, Arrival arrival, Way former, Site at, MediaLocation source, Set<NodeId> below) {
        var feed = source.node().equals(at.node())
                ? Future.succeededFuture(source.endpoint())
                : carrying(room, arrival.stream(), keeper.way(room, arrival.stream(), at, source, way -> {
                    way.viewers.addAll(former.viewers);
                    way.below.addAll(below);
                }));
        return former.link.onSuccess(keeper::replaced).compose(link -> feed.compose(
                        now -> handOver(at.node(), link.arrival().endpoint(), now))
                .onComplete(led -> vertx.setTimer(STRAGGLERS.toMillis(), late -> retire(room, arrival, at, link))));
    }

    /** The endpoint that feeds viewers at the end of a way, once there is something to see, or time enough for that. */
    private Future<String> carrying(RoomId room, StreamId stream, Way way) {
        return way.link
                // An allocator that takes over knows of no links but those that were told.
                .compose(link ->
                        news.tell(room, LinkNews.made(stream, way.source, link)).map(link))
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
                                .onComplete(done -> keeper.release(former)),
                        () -> {
                            keeper.release(former);
                            news.tell(room, new MediaEvent.LinkEnded(arrival.stream(), former.arrival()));
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
}
