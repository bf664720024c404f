package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
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
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings streams to the nodes where they are watched: one link for each stream and node, however many watch it there; made
 * for the first of them, released a while after the last. Where the room's nodes are a tree, a stream takes the way along
 * it, and a node that only passes it on counts as one that wants it. Here is what is asked for, and what becomes of the fleet
 * and of streams; {@link LinkKeeper} makes and ends the links, {@link Rerouting} leads streams another way. Confined to the
 * allocator's context.
 */
final class Links {

    private final Vertx vertx;
    private final Supplier<Fleet> fleet;
    private final Ways ways = new Ways();
    private final StreamSources sources = new StreamSources();
    private final RememberedLinks remembered = new RememberedLinks();
    private final LinkNews news;
    private final LinkKeeper keeper;
    private final Rerouting rerouting;

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
        this.fleet = fleet;
        this.news = new LinkNews(publish, clock);
        this.keeper = new LinkKeeper(vertx, servers, fleet, ways, sources, news, linger);
        this.rerouting = new Rerouting(vertx, servers, fleet, ways, sources, keeper, news);
    }

    /** An event of an earlier life. */
    void replay(EventRecord<MediaEvent> record) {
        remembered.replay(record);
    }

    /** All of it has been replayed: takes the links over that an earlier life left. */
    void resume() {
        remembered.take().forEach((room, links) -> links.forEach((arrival, made) -> keeper.adopt(room, arrival, made)));
    }

    /** Completes when it is answered. */
    Future<Void> request(RoomId room, CommandId cause, ParticipantId viewer, StreamId stream, MediaLocation asked) {
        var seat = fleet.get().seat(room, viewer);
        if (seat.isEmpty()) {
            return news.tell(room, cause, new MediaEvent.LinkRefused(stream, "whoever watches needs a seat"));
        }
        var source = sources.meant(room, stream, asked);
        if (seat.get().node().equals(source.node())) {
            return news.tell(room, cause, new MediaEvent.LinkMade(stream, source, source, source));
        }
        // Whoever asks may have heard of a move before we do.
        sources.now(room, stream)
                .filter(former -> !former.equals(source))
                .ifPresent(former -> rerouting.lead(room, stream, former, source, List.of()));
        return keeper.way(room, stream, seat.get(), source, way -> way.viewers.add(viewer))
                .link
                .transform(made -> news.tell(
                        room,
                        cause,
                        made.succeeded()
                                ? LinkNews.made(stream, source, made.result())
                                : new MediaEvent.LinkRefused(
                                        stream, String.valueOf(made.cause().getMessage()))));
    }

    /** The participant watches the stream no more. */
    void release(RoomId room, ParticipantId viewer, StreamId stream) {
        keeper.unwanted(room, arrival -> arrival.stream().equals(stream), way -> way.viewers.remove(viewer));
    }

    /** What was decided about the fleet, or happened to it. */
    void follow(EventRecord<MediaEvent> record) {
        var room = record.room();
        switch (record.event()) {
            case MediaEvent.SeatReleased(var who) -> keeper.unwanted(room, any -> true, way -> way.viewers.remove(who));
            case MediaEvent.SeatMoved(var who, var from) ->
                keeper.unwanted(room, arrival -> arrival.node().equals(from.id()), way -> way.viewers.remove(who));
            case MediaEvent.EdgeGone(var node) ->
                keeper.end(room, (arrival, way) -> arrival.node().equals(node.id()) || way.from.equals(node.id()));
            case MediaEvent.EdgeAdded added ->
                // It has been decided, and is true once all that was decided with it is.
                vertx.runOnContext(decided -> rerouting.lead(room));
            case MediaEvent.RoomReleased released -> {
                sources.forget(room);
                keeper.end(room, (arrival, way) -> true);
            }
            case MediaEvent.RoomMediaLost lost -> keeper.end(room, (arrival, way) -> true);
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
        rerouting
                .lead(room, moved.stream(), moved.former(), moved.source(), watching)
                .onComplete(led -> news.tell(room, cause, new MediaEvent.StreamLed(moved.stream(), moved.source())));
    }

    /** Nobody publishes the stream any more; whoever publishes it anew may have been heard of before. */
    void streamStopped(RoomId room, StreamId stream) {
        var source = sources.stopped(room, stream);
        keeper.end(
                room,
                (arrival, way) -> arrival.stream().equals(stream)
                        && source.filter(last -> !way.source.equals(last)).isEmpty());
    }

    /** Those that are made. */
    List<NodeLink> made() {
        return ways.made();
    }

    /** Whether an endpoint is an end of a link. */
    boolean has(RoomId room, String endpoint) {
        return keeper.has(room, endpoint);
    }

    /** A room's links, for operators. */
    JsonArray shown(RoomId room) {
        return ways.shown(room);
    }

    /** How many links there are, those in the making included. */
    int count() {
        return ways.count();
    }
}
