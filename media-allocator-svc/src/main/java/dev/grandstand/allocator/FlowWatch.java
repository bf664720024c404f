package dev.grandstand.allocator;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks whether media arrives at the nodes, at what presenters publish there and at the ends of links, and tells of nodes
 * that {@link FlowRule} takes for dead. A healthy node is asked one question: the first flow that is seen is enough.
 * Streams that began before this allocator led are not looked at, links are. Confined to the allocator's context.
 */
final class FlowWatch {

    /** Nodes themselves take up to three seconds to notice that a flow has ceased. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final MediaServers servers;
    private final Supplier<List<NodeLink>> links;
    private final Consumer<NodeRef> dead;
    private final InstantSource clock;
    private final FlowRule rule = new FlowRule(PATIENCE);
    private final Map<RoomId, Map<StreamId, Stream>> streams = new HashMap<>();
    private final Set<ParticipantId> away = new HashSet<>();
    private boolean looking;

    /**
     * What should arrive at a node.
     *
     * @param endpoint where
     * @param sending the other end, if it is a link
     */
    private record Feed(String from, String endpoint, Optional<MediaLocation> sending) {}

    /**
     * @param links all that are made
     * @param dead is told of a node at which nothing arrives
     */
    FlowWatch(MediaServers servers, Supplier<List<NodeLink>> links, Consumer<NodeRef> dead, InstantSource clock) {
        this.servers = servers;
        this.links = links;
        this.dead = dead;
        this.clock = clock;
    }

    void streamStarted(RoomId room, Stream stream) {
        streams.computeIfAbsent(room, first -> new HashMap<>()).put(stream.id(), stream);
    }

    /** What it came from is silent from now on, and says nothing about the node that it was on. */
    void streamMoved(RoomId room, StreamId stream, MediaLocation source) {
        streams.getOrDefault(room, new HashMap<>()).computeIfPresent(stream, (id, known) -> known.from(source));
    }

    void streamStopped(RoomId room, StreamId stream) {
        streams.computeIfPresent(room, (same, ofRoom) -> {
            ofRoom.remove(stream);
            return ofRoom.isEmpty() ? null : ofRoom;
        });
    }

    /** Whoever has lost their session cannot be expected to send. */
    void away(ParticipantId participant) {
        away.add(participant);
    }

    void back(ParticipantId participant) {
        away.remove(participant);
    }

    void roomClosed(RoomId room) {
        streams.remove(room);
    }

    /** One round; does nothing while the one before is still under way. Completes when every node has answered or failed to. */
    Future<Void> look() {
        if (looking) {
            return Future.succeededFuture();
        }
        looking = true;
        return Future.join(feeds().entrySet().stream()
                        .map(node -> look(node.getKey(), node.getValue()))
                        .toList())
                .onComplete(done -> looking = false)
                .mapEmpty();
    }

    private Map<NodeRef, List<Feed>> feeds() {
        Map<NodeRef, List<Feed>> feeds = new HashMap<>();
        streams.values().stream()
                .flatMap(ofRoom -> ofRoom.values().stream())
                .filter(stream -> !away.contains(stream.participant()))
                .forEach(stream -> feeds.computeIfAbsent(stream.source().node(), first -> new ArrayList<>())
                        .add(new Feed(
                                stream.participant().value(), stream.source().endpoint(), Optional.empty())));
        links.get().forEach(link -> feeds.computeIfAbsent(link.arrival().node(), first -> new ArrayList<>())
                .add(new Feed(
                        link.sending().node().id().value(), link.arrival().endpoint(), Optional.of(link.sending()))));
        return feeds;
    }

    /** A node that does not answer is NodeWatch's concern. */
    private Future<Void> look(NodeRef node, List<Feed> feeds) {
        var missing = new ArrayList<Feed>();
        return arrives(node, feeds.iterator(), missing)
                .compose(arrives -> arrives
                        ? Future.succeededFuture(List.<FlowRule.Missing>of())
                        : Future.all(missing.stream().map(this::missing).toList())
                                .map(known -> known.<FlowRule.Missing>list()))
                .<Void>map(missed -> {
                    if (rule.isDead(node.id(), missed, clock.instant())) {
                        dead.accept(node);
                    }
                    return null;
                })
                .otherwiseEmpty();
    }

    /** Asks until something flows; what does not is written down. */
    private Future<Boolean> arrives(NodeRef node, Iterator<Feed> feeds, List<Feed> missing) {
        if (!feeds.hasNext()) {
            return Future.succeededFuture(false);
        }
        var feed = feeds.next();
        return servers.on(node)
                .flows(feed.endpoint(), Direction.PUBLISH)
                .map(flows -> {
                    if (!flows) {
                        missing.add(feed);
                    }
                    return flows;
                })
                .recover(FlowWatch::falseIfGone)
                .compose(flows -> flows ? Future.succeededFuture(true) : arrives(node, feeds, missing));
    }

    private Future<FlowRule.Missing> missing(Feed feed) {
        return feed.sending()
                .map(end -> servers.on(end.node())
                        .flows(end.endpoint(), Direction.VIEW)
                        .recover(FlowWatch::falseIfGone))
                .orElse(Future.succeededFuture(false))
                .map(sent -> new FlowRule.Missing(feed.from(), sent));
    }

    /** An endpoint that has just been released says nothing about its node. */
    private static Future<Boolean> falseIfGone(Throwable failure) {
        return failure instanceof MediaFailure refused && refused.kind() == MediaFailure.Kind.NOT_FOUND
                ? Future.succeededFuture(false)
                : Future.failedFuture(failure);
    }
}
