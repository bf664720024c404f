package dev.grandstand.signaling;

import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The streams that are a session's own: on air, about to be, or without a media node for the moment. What loses its node is
 * waited for, {@link LocalRoom#REPAIR} at most, and moves to wherever the client publishes it next; the audience hears nothing
 * of it.
 */
final class Publications {

    private final Services services;
    private final MediaNodes nodes;
    private final Negotiator negotiator;
    private final Connections connections;
    private final Told told;
    private final Map<StreamId, Publication> published = new HashMap<>();
    /** What the client is about to publish: that the same stream ended before is no reason to stop. */
    private final Set<StreamId> beginning = new HashSet<>();
    /** What has lost its media node, with the timer that ends it. */
    private final Map<StreamId, Long> homeless = new HashMap<>();

    /** Who is told what becomes of a stream. */
    interface Told {

        /** It is on air over its newest connection. */
        void settled(StreamId stream);

        /** Its connection was closed, and is of no use to the client. */
        void lost(StreamId stream);
    }

    Publications(Services services, MediaNodes nodes, Negotiator negotiator, Connections connections, Told told) {
        this.services = services;
        this.nodes = nodes;
        this.negotiator = negotiator;
        this.connections = connections;
        this.told = told;
    }

    Future<ServerMessage.Answer> publish(Presence.Inside here, ClientMessage.Publish request) {
        var stream = request.stream();
        if (here.local().stream(stream).filter(other -> !isOwn(here, other)).isPresent()) {
            return Refusal.future(ErrorCode.STREAM_TAKEN, "somebody else has a stream " + stream);
        }
        beginning.add(stream);
        return negotiator
                .open(
                        here,
                        stream,
                        request.sdp(),
                        (seat, offer, listener) -> nodes.negotiate(seat.node(), Urgency.PUBLISH, node -> node.publish(
                                        seat.pipeline(), offer, Negotiator.tags(here, stream), listener)
                                .map(endpoint -> new Negotiated(
                                        new Placed(
                                                node,
                                                seat.pipeline(),
                                                endpoint.id(),
                                                null,
                                                here.local().video()),
                                        endpoint.answer()))))
                .onComplete(done -> beginning.remove(stream))
                .compose(services.trail().keep(made -> onAir(here, request, made.placed())
                        .map(new ServerMessage.Answer(request.id(), stream, made.answer()))));
    }

    static boolean isOwn(Presence.Inside here, Stream stream) {
        return stream.participant().equals(here.you().id());
    }

    /**
     * What has to move is on air already: it changes over once the client says that the new connection works, or at once if
     * there is nothing left of the former one. The answer waits for neither.
     */
    private Future<?> onAir(Presence.Inside here, ClientMessage.Publish request, Placed placed) {
        var stream = request.stream();
        if (isHomeNow(stream) && here.local().isLost(stream)) {
            repair(here, stream, placed.location());
            return Future.succeededFuture();
        }
        return published.containsKey(stream) && connections.isMoving(stream)
                ? Future.succeededFuture()
                : start(here, request, placed);
    }

    private void repair(Presence.Inside here, StreamId stream, MediaLocation source) {
        services.ask(here.room(), publication(here, stream).moveTo(source), RoomEvent.StreamMoved.class)
                .onFailure(e -> {
                    if (connections.locationOf(stream).filter(source::equals).isPresent()) {
                        connections.close(stream);
                        told.lost(stream);
                    }
                });
    }

    private Future<RoomEvent.StreamStarted> start(Presence.Inside here, ClientMessage.Publish request, Placed placed) {
        var stream = request.stream();
        var publication = publication(here, stream);
        return services.ask(
                        here.room(),
                        publication.start(request.kind(), placed.location()),
                        RoomEvent.StreamStarted.class)
                .onSuccess(started -> told.settled(stream))
                .onFailure(e -> {
                    published.remove(stream);
                    connections.close(stream);
                    if (Services.isUnknown(e)) {
                        // It may be on air, without an endpoint.
                        services.tell(here.room(), publication.stop(placed.location(), StopReason.MEDIA_LOST));
                    }
                });
    }

    private Publication publication(Presence.Inside here, StreamId stream) {
        return published.computeIfAbsent(stream, begun -> new Publication(here, stream));
    }

    Future<ServerMessage.Ok> unpublish(Presence.Inside here, ClientMessage.Unpublish request) {
        var stream = request.stream();
        if (beginning.remove(stream)) {
            // What is negotiated right now finds that it is closed.
            connections.close(stream);
        }
        var publication = published.remove(stream);
        if (publication == null) {
            return Refusal.future(ErrorCode.UNKNOWN_STREAM, "you do not publish " + stream);
        }
        isHomeNow(stream);
        connections.close(stream);
        return services.insist(here.room(), publication.stop(StopReason.UNPUBLISHED), RoomEvent.StreamStopped.class)
                .map(new ServerMessage.Ok(request.id()));
    }

    /** Whether it is on air, or shall be again in a moment. */
    boolean has(StreamId stream) {
        return published.containsKey(stream);
    }

    /** Whoever comes back has it on air already. */
    void adopt(Presence.Inside here, StreamId stream, MediaLocation source) {
        published.put(stream, new Publication(here, stream, source));
    }

    /** Over which nothing comes, so that the audience looks at a still. */
    List<StreamId> silent() {
        return published.keySet().stream()
                .filter(stream -> connections.isSilent(stream) || homeless.containsKey(stream))
                .toList();
    }

    /** From where its newest connection comes from now on, for the room, too. */
    Future<Void> changeOver(Presence.Inside here, StreamId stream) {
        return notYetFrom(here, stream)
                .map(source -> services.move(
                                here.room(), publication(here, stream).moveTo(source))
                        .recover(late -> here.local().isFrom(stream, source)
                                ? Future.succeededFuture()
                                : Future.failedFuture(late)))
                .orElseGet(Future::succeededFuture);
    }

    /** Likewise, whether the client has said that it may or not. */
    void changeAllOver() {
        published.forEach((stream, publication) -> notYetFrom(publication.here(), stream)
                .ifPresent(source -> services.tell(publication.here().room(), publication.moveTo(source))));
    }

    /** Where a stream of one's own is published to, if that is not where it comes from for the room. */
    private Optional<MediaLocation> notYetFrom(Presence.Inside here, StreamId stream) {
        return connections
                .locationOf(stream)
                .filter(source -> published.containsKey(stream) && !here.local().isFrom(stream, source));
    }

    /** Its node is lost with all that was on it: for the audience it will be the same stream, from somewhere else. */
    void awaitRepair(StreamId stream) {
        isHomeNow(stream);
        homeless.put(stream, nodes.context().owner().setTimer(LocalRoom.REPAIR.toMillis(), late -> gone(stream)));
    }

    /** Whether it was homeless. */
    private boolean isHomeNow(StreamId stream) {
        var timer = homeless.remove(stream);
        return timer != null && nodes.context().owner().cancelTimer(timer);
    }

    /** Its connection is gone, and it with it; nothing happens if it is not one's own. */
    void gone(StreamId stream) {
        isHomeNow(stream);
        var publication = published.remove(stream);
        if (publication != null) {
            services.tell(publication.here().room(), publication.stop(StopReason.MEDIA_LOST));
        }
    }

    /**
     * It has ended for the room.
     *
     * @return whether it is still one's own: replaced by a newer one, or about to be
     */
    boolean stopped(StreamId stream, StopReason reason) {
        if (reason == StopReason.STEPPED_DOWN) {
            beginning.remove(stream);
            published.remove(stream);
            isHomeNow(stream);
        }
        return published.containsKey(stream) || beginning.contains(stream);
    }

    /** They are somebody else's from now on, or nobody's. */
    void forget() {
        List.copyOf(homeless.keySet()).forEach(this::isHomeNow);
        published.clear();
    }
}
