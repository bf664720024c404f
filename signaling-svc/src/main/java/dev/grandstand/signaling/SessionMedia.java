package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.OneVideoCodec;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session publishes and watches: its seat, its connections to media nodes, and the streams that are its own. Long,
 * because seat, connections and streams are lost and moved together.
 */
final class SessionMedia {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMedia.class);

    /** Nobody is moved more often while they negotiate. */
    private static final int ATTEMPTS = 3;

    private final Services services;
    private final MediaNodes nodes;
    private final Consumer<ServerMessage> client;
    private final Connections connections;
    private final Map<StreamId, Presence.Inside> published = new HashMap<>();
    /** What the client is about to publish: that the same stream ended before is no reason to stop. */
    private final Set<StreamId> beginning = new HashSet<>();

    /** What has lost its media node, and moves to wherever the client publishes it next, if that is soon; with its timer. */
    private final Map<StreamId, Long> homeless = new HashMap<>();

    private Seat seat = new Seat();
    private @Nullable Move move;
    private boolean away;
    private @Nullable SeatPriority priority;

    /** What was negotiated does not count any more. */
    private static final class Overtaken extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Who is on the way to another node. */
    private record Move(RoomId room, ParticipantId participant) {}

    /** @param changed is told when what {@link #held} says has changed */
    SessionMedia(Services services, MediaNodes nodes, Consumer<ServerMessage> client, Runnable changed) {
        this.services = services;
        this.nodes = nodes;
        this.client = client;
        this.connections = new Connections(client, this::onLost, this::onSilent, changed);
    }

    Future<ServerMessage.Answer> publish(Presence.Inside here, ClientMessage.Publish request) {
        var stream = request.stream();
        if (here.local().stream(stream).filter(other -> !isOwn(here, other)).isPresent()) {
            return refused(ErrorCode.STREAM_TAKEN, "somebody else has a stream " + stream);
        }
        beginning.add(stream);
        return offer(here, request.sdp())
                .compose(offer -> connections.open(
                        stream,
                        listener -> negotiate(ATTEMPTS, () -> negotiatePublishing(here, stream, offer, listener))))
                .onComplete(done -> beginning.remove(stream))
                .compose(services.trail().keep(made -> onAir(here, request, made.placed())
                        .map(new ServerMessage.Answer(request.id(), stream, made.answer()))));
    }

    private Future<Negotiated> negotiatePublishing(
            Presence.Inside here, StreamId stream, String offer, EndpointListener listener) {
        return seat(here).compose(granted -> nodes.negotiate(
                        granted.node(), node -> node.publish(granted.pipeline(), offer, tags(here, stream), listener)
                                .map(endpoint -> new Negotiated(
                                        new Placed(
                                                node,
                                                granted.pipeline(),
                                                endpoint.id(),
                                                null,
                                                here.local().video()),
                                        endpoint.answer())))
                .compose(
                        made -> seat.isOn(granted.node()) ? Future.succeededFuture(made) : overtaken(made),
                        failure -> elsewhereIfFull(here, granted.node(), failure)));
    }

    /**
     * A node without room for anything of theirs is no place for a seat: they want another, and negotiate there. Who has
     * something there stays, and is refused.
     */
    private Future<Negotiated> elsewhereIfFull(Presence.Inside here, NodeRef node, Throwable failure) {
        boolean full = failure instanceof MediaFailure media && media.kind() == MediaFailure.Kind.NO_RESOURCES;
        if (!full || connections.isMoving() || !connections.streamsOn(node).isEmpty()) {
            return Future.failedFuture(failure);
        }
        if (seat.isOn(node)) {
            seat.revoke();
            services.tell(here.room(), new MediaCommand.DeclineSeat(here.you().id(), node, priority));
        }
        return Future.failedFuture(new Overtaken());
    }

    /** Meanwhile seat or stream may have moved; then what was negotiated is where nobody looks for it. */
    private static Future<Negotiated> overtaken(Negotiated made) {
        return made.placed().release().transform(gone -> Future.failedFuture(new Overtaken()));
    }

    /** Negotiates again with the same offer where the first answer would lead to a place that does not count any more. */
    private static Future<Negotiated> negotiate(int attempts, Supplier<Future<Negotiated>> negotiation) {
        return negotiation.get().recover(failure -> {
            if (!(failure instanceof Overtaken)) {
                return Future.failedFuture(failure);
            }
            return attempts > 1
                    ? negotiate(attempts - 1, negotiation)
                    : refused(ErrorCode.UNAVAILABLE, "you are just being moved, please try again");
        });
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

    /** Whether it was homeless. */
    private boolean isHomeNow(StreamId stream) {
        var timer = homeless.remove(stream);
        return timer != null && nodes.context().owner().cancelTimer(timer);
    }

    private void repair(Presence.Inside here, StreamId stream, MediaLocation source) {
        services.ask(
                        here.room(),
                        new RoomCommand.MoveStream(here.you().id(), stream, source),
                        RoomEvent.StreamMoved.class)
                .onFailure(e -> {
                    if (connections.locationOf(stream).filter(source::equals).isPresent()) {
                        connections.close(stream);
                        onConnectionLost(stream);
                    }
                });
    }

    private Future<RoomEvent.StreamStarted> start(Presence.Inside here, ClientMessage.Publish request, Placed placed) {
        var stream = request.stream();
        published.put(stream, here);
        return services.ask(
                        here.room(),
                        new RoomCommand.StartStream(here.you().id(), stream, request.kind(), placed.location()),
                        RoomEvent.StreamStarted.class)
                .onSuccess(started -> settle(stream))
                .onFailure(e -> {
                    published.remove(stream);
                    connections.close(stream);
                    if (Services.isUnknown(e)) {
                        // It may be on air, without an endpoint.
                        services.tell(
                                here.room(),
                                new RoomCommand.StopStream(here.you().id(), stream, StopReason.MEDIA_LOST));
                    }
                });
    }

    Future<ServerMessage.Ok> unpublish(Presence.Inside here, ClientMessage.Unpublish request) {
        var stream = request.stream();
        if (beginning.remove(stream)) {
            // What is negotiated right now finds that it is closed.
            connections.close(stream);
        }
        if (published.remove(stream) == null) {
            return refused(ErrorCode.UNKNOWN_STREAM, "you do not publish " + stream);
        }
        isHomeNow(stream);
        connections.close(stream);
        return services.insist(
                        here.room(),
                        new RoomCommand.StopStream(here.you().id(), stream, StopReason.UNPUBLISHED),
                        RoomEvent.StreamStopped.class)
                .map(new ServerMessage.Ok(request.id()));
    }

    Future<ServerMessage.Answer> view(Presence.Inside here, ClientMessage.View request) {
        var found = here.local().stream(request.stream());
        if (found.isEmpty()) {
            return refused(ErrorCode.UNKNOWN_STREAM, "the room has no stream " + request.stream());
        }
        if (isOwn(here, found.get())) {
            return refused(ErrorCode.REFUSED, "this stream is your own");
        }
        return offer(here, request.sdp())
                .compose(offer -> connections.open(
                        request.stream(),
                        listener ->
                                negotiate(ATTEMPTS, () -> negotiateWatching(here, request.stream(), offer, listener))))
                .onSuccess(made -> feedIfAhead(here, request.stream()))
                .map(made -> new ServerMessage.Answer(request.id(), request.stream(), made.answer()));
    }

    private Future<Negotiated> negotiateWatching(
            Presence.Inside here, StreamId stream, String offer, EndpointListener listener) {
        return seat(here).compose(granted -> here.local().stream(stream)
                .map(Stream::source)
                .map(source -> here.local().isLost(stream)
                        ? watchAhead(here, stream, source, granted, offer, listener)
                        : watch(here, stream, source, granted, offer, listener))
                .orElseGet(() -> refused(ErrorCode.UNKNOWN_STREAM, "the stream has just ended"))
                .recover(failure -> elsewhereIfFull(here, granted.node(), failure)));
    }

    private Future<Negotiated> watch(
            Presence.Inside here,
            StreamId stream,
            MediaLocation source,
            MediaEvent.SeatGranted granted,
            String offer,
            EndpointListener listener) {
        return bring(here, stream, source, granted.node())
                .compose(feed -> nodes.negotiate(feed.node(), node -> node.view(
                                feed.pipeline(), feed.endpoint(), offer, tags(here, stream), listener)
                        .map(endpoint -> new Negotiated(
                                new Placed(node, feed.pipeline(), endpoint.id(), source.endpoint(), source.codec()),
                                endpoint.answer()))))
                .compose(made -> seat.isOn(granted.node()) && isFrom(here, stream, source)
                        ? Future.succeededFuture(made)
                        : overtaken(made));
    }

    /** The stream's node is lost: until it comes from another, the browser connects to where it will be watched. */
    private Future<Negotiated> watchAhead(
            Presence.Inside here,
            StreamId stream,
            MediaLocation lost,
            MediaEvent.SeatGranted granted,
            String offer,
            EndpointListener listener) {
        return nodes.negotiate(granted.node(), node -> node.viewLater(
                                granted.pipeline(), offer, tags(here, stream), listener)
                        .map(endpoint -> new Negotiated(
                                new Placed(node, granted.pipeline(), endpoint.id(), Placed.NOBODY, lost.codec()),
                                endpoint.answer())))
                .compose(made -> seat.isOn(granted.node()) ? Future.succeededFuture(made) : overtaken(made));
    }

    private void feedIfAhead(Presence.Inside here, StreamId stream) {
        if (!here.local().isLost(stream)) {
            connections.find(stream).filter(Placed::isAhead).ifPresent(placed -> here.local().stream(stream)
                    .ifPresent(known -> feed(here, stream, placed, known.source())));
        }
    }

    private void feed(Presence.Inside here, StreamId stream, Placed ahead, MediaLocation source) {
        bring(here, stream, source, ahead.node().node())
                .compose(feed -> ahead.feed(feed.endpoint()))
                .onComplete(fed -> {
                    if (!connections.find(stream).filter(ahead::equals).isPresent()) {
                        return;
                    }
                    if (!isFrom(here, stream, source)) {
                        feedIfAhead(here, stream);
                    } else if (fed.succeeded()) {
                        connections.sourceMoved(stream, source.endpoint());
                    } else {
                        LOG.atInfo()
                                .addKeyValue("stream", stream)
                                .log("not fed: {}", fed.cause().getMessage());
                        connections.close(stream);
                        onConnectionLost(stream);
                    }
                });
    }

    /** Whether a stream comes from there; one that ended meanwhile is found out about by its event. */
    private static boolean isFrom(Presence.Inside here, StreamId stream, MediaLocation source) {
        return here.local().stream(stream)
                .filter(now -> !now.source().equals(source))
                .isEmpty();
    }

    /** Where nothing is heard of it in time it is asked for again. */
    private Future<MediaEvent.SeatGranted> seat(Presence.Inside here) {
        if (seat.isToBeAskedForAnew()) {
            askForSeat(here);
        }
        return seat.get().onFailure(late -> {
            if (late instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE) {
                askForSeat(here);
            }
        });
    }

    private void askForSeat(Presence.Inside here) {
        askForSeat(here.room(), here.you().id());
    }

    private void askForSeat(RoomId room, ParticipantId participant) {
        services.tell(room, new MediaCommand.RequestSeat(participant, services.instance(), priority));
    }

    /** Asks for the seat of somebody who is about to enter; they have this priority as long as they are there. */
    void askForSeat(Presence.Entering entering, @Nullable SeatPriority granted) {
        priority = granted;
        askForSeat(entering.room(), entering.participant());
    }

    @Nullable
    SeatPriority priority() {
        return priority;
    }

    /** What feeds viewers on the node of the seat: the presenter's endpoint, or what arrives there from its node. */
    private Future<MediaLocation> bring(Presence.Inside here, StreamId stream, MediaLocation source, NodeRef node) {
        if (source.node().equals(node)) {
            return Future.succeededFuture(source);
        }
        return services.ask(here.room(), new MediaCommand.RequestLink(here.you().id(), stream, source))
                .map(MediaEvent.LinkMade::arrival);
    }

    Future<ServerMessage.Answer> restartIce(Presence.Inside here, ClientMessage.RestartIce request) {
        return offer(here, request.sdp())
                .compose(offer -> connections
                        .locationOf(request.stream())
                        .map(location -> nodes.negotiate(
                                location.node(), itself -> connections.restartIce(request.stream(), offer)))
                        .orElseGet(() -> connections.restartIce(request.stream(), offer)))
                .map(answer -> new ServerMessage.Answer(request.id(), request.stream(), answer));
    }

    Future<ServerMessage.Ok> unview(Presence.Inside here, ClientMessage.Unview request) {
        if (published.containsKey(request.stream()) || !connections.has(request.stream())) {
            return refused(ErrorCode.UNKNOWN_STREAM, "you do not watch " + request.stream());
        }
        var broughtTo = here.local().stream(request.stream())
                .filter(stream -> !connections.streamsOn(stream.source().node()).contains(stream.id()));
        connections.close(request.stream());
        broughtTo.ifPresent(stream -> services.tell(
                here.room(), new MediaCommand.ReleaseLink(here.you().id(), stream.id())));
        return Future.succeededFuture(new ServerMessage.Ok(request.id()));
    }

    /** What a client says of a stream counts once, or one client's word could be all that the meters tell. */
    Future<ServerMessage.Ok> firstFrame(ClientMessage.FirstFrame report, SignalingMetrics metrics) {
        if (published.containsKey(report.stream()) || !connections.has(report.stream())) {
            return refused(ErrorCode.UNKNOWN_STREAM, "you do not watch " + report.stream());
        }
        if (connections.shown(report.stream())) {
            metrics.shown(report);
        }
        return Future.succeededFuture(new ServerMessage.Ok(report.id()));
    }

    Future<ServerMessage.Ok> addCandidate(ClientMessage.Candidate request) {
        return connections.addCandidate(request.stream(), request.candidate()).map(new ServerMessage.Ok(request.id()));
    }

    /** What another instance needs to take the connections over. */
    List<ResumeToken.Held> held() {
        return connections.held();
    }

    /**
     * Takes over what the session had before it came back, and asks for the seat, which it has or waits for already.
     *
     * @return the streams whose connections live on
     */
    Future<List<StreamId>> adopt(Presence.Inside here, ResumeToken token) {
        priority = token.priority();
        askForSeat(here);
        var adopting = token.held().stream().map(one -> adopt(here, one)).toList();
        return Future.join(adopting).map(all -> adopting.stream()
                .map(Future::result)
                .flatMap(Optional::stream)
                .toList());
    }

    private Future<Optional<StreamId>> adopt(Presence.Inside here, ResumeToken.Held held) {
        var location = held.endpoint();
        var placed = new Placed(
                nodes.on(location.node()), location.pipeline(), location.endpoint(), held.source(), location.codec());
        if (!isStillOnAir(here, held)) {
            placed.release().onFailure(e -> LOG.atInfo()
                    .addKeyValue("endpoint", location.endpoint())
                    .log("endpoint not released: {}", e.getMessage()));
            return Future.succeededFuture(Optional.empty());
        }
        if (held.direction() == Direction.PUBLISH) {
            published.put(held.stream(), here);
        }
        return connections
                .adopt(held.stream(), placed, held.direction())
                .map(Optional.of(held.stream()))
                .otherwise(gone -> {
                    LOG.atInfo()
                            .addKeyValue("stream", held.stream())
                            .log("connection not taken over: {}", gone.getMessage());
                    onConnectionGone(held.stream());
                    return Optional.empty();
                });
    }

    /** Meanwhile the stream may have ended, or been published anew. */
    private static boolean isStillOnAir(Presence.Inside here, ResumeToken.Held held) {
        return here.local().stream(held.stream())
                .filter(stream -> held.direction() == Direction.PUBLISH
                        ? isOwn(here, stream) && stream.source().equals(held.endpoint())
                        : stream.source().endpoint().equals(held.source()))
                .isPresent();
    }

    /**
     * The client is away. What it publishes goes on as long as media comes from it; when nothing comes, its process or its
     * network is gone, and the audience need not look at a still until the grace time is over.
     */
    void stepAway() {
        away = true;
        List.copyOf(published.keySet()).stream()
                .filter(stream -> connections.isSilent(stream) || homeless.containsKey(stream))
                .forEach(this::onSilent);
    }

    private void onSilent(StreamId stream) {
        if (away && published.containsKey(stream)) {
            onConnectionGone(stream);
            connections.close(stream);
        }
    }

    /** Another session has the connections. */
    void disown() {
        move = null;
        forgetPublished();
        connections.disownAll();
        seat = new Seat();
    }

    /** Told before anybody has placed the room anew: whoever asks from now on waits for that. */
    void onNodeLost(NodeRef node) {
        seat.lose(node);
    }

    void onEvent(EventRecord<MediaEvent> record) {
        switch (record.event()) {
            case MediaEvent.SeatGranted granted -> client.accept(seat.grant(granted));
            case MediaEvent.SeatQueued queued -> client.accept(seat.queue(queued));
            case MediaEvent.SeatRefused refused -> client.accept(seat.refuse());
            case MediaEvent.SeatMoving moving -> moveTo(record.room(), moving);
            case MediaEvent.SeatMoved moved -> onMoved();
            case MediaEvent.OriginMoved moved -> {}
            case MediaEvent.SiteLeaving leaving -> {}
            case MediaEvent.SeatReleased released -> {}
            case MediaEvent.RoomPlaced placed -> {}
            case MediaEvent.RoomReleased released -> {}
            case MediaEvent.RoomMediaLost lost -> {}
            case MediaEvent.EdgeAdded added -> {}
            case MediaEvent.EdgeGone gone -> {}
            case MediaEvent.LinkMade made -> {}
            case MediaEvent.LinkRefused refused -> {}
            case MediaEvent.StreamLed led -> {}
            case MediaEvent.LinkEnded ended -> {}
        }
    }

    /** The client connects there beside what it has, stream by stream. */
    private void moveTo(RoomId room, MediaEvent.SeatMoving moving) {
        seat.move(moving);
        move = new Move(room, moving.participant());
        connections
                .leaveAllBut(moving.node())
                .forEach(stream -> client.accept(new ServerMessage.Migrate(stream, moving.limitMs())));
        confirmIfMoved();
    }

    /** The answer says that the former connection may end: for a stream of one's own once nobody watches it from there. */
    Future<ServerMessage.Ok> migrated(Presence.Inside here, ClientMessage.Migrated request) {
        var stream = request.stream();
        return changeOver(here, stream).onSuccess(over -> settle(stream)).map(new ServerMessage.Ok(request.id()));
    }

    private Future<Void> changeOver(Presence.Inside here, StreamId stream) {
        return notYetFrom(here, stream)
                .map(source -> services.move(
                                here.room(),
                                new RoomCommand.MoveStream(here.you().id(), stream, source))
                        .recover(late ->
                                isFrom(here, stream, source) ? Future.succeededFuture() : Future.failedFuture(late)))
                .orElseGet(Future::succeededFuture);
    }

    /** Where a stream of one's own is published to, if that is not where it comes from for the room. */
    private Optional<MediaLocation> notYetFrom(Presence.Inside here, StreamId stream) {
        return connections
                .locationOf(stream)
                .filter(source -> published.containsKey(stream) && !isFrom(here, stream, source));
    }

    /** What another endpoint feeds from now on is still the same stream: whoever resumes may keep it. */
    void onStreamMoved(Presence.Inside here, StreamId stream, MediaLocation source) {
        if (connections.find(stream).filter(Placed::isAhead).isPresent()) {
            feedIfAhead(here, stream);
        } else {
            connections.sourceMoved(stream, source.endpoint());
        }
    }

    private void settle(StreamId stream) {
        connections.settle(stream);
        confirmIfMoved();
    }

    private void confirmIfMoved() {
        var moving = move;
        if (moving != null && !connections.isMoving()) {
            move = null;
            services.tell(moving.room(), new MediaCommand.ConfirmMove(moving.participant()));
        }
    }

    /** Whatever is left on the former node is not theirs any more. */
    private void onMoved() {
        move = null;
        published.forEach((stream, here) -> notYetFrom(here, stream)
                .ifPresent(source -> services.tell(
                        here.room(), new RoomCommand.MoveStream(here.you().id(), stream, source))));
        connections.endMoves().forEach(away ? this::onConnectionGone : this::onConnectionLost);
    }

    /** Those who had their seat there ask for another; the client publishes and watches anew. */
    void onEdgeGone(NodeRef node, Optional<Presence.Inside> here) {
        connections.streamsOn(node).forEach(stream -> {
            connections.close(stream);
            if (here.isPresent()) {
                onLost(stream, Connections.Loss.NODE);
            } else {
                onConnectionGone(stream);
            }
        });
        confirmIfMoved();
        if (seat.belongsTo(node)) {
            seat.revoke();
            here.ifPresent(this::askForSeat);
        }
    }

    /** Whoever is away finds out when they are back. */
    void onLinkEnded(StreamId stream, NodeRef node) {
        if (!published.containsKey(stream) && connections.streamsOn(node).contains(stream)) {
            connections.close(stream);
            if (!away) {
                onConnectionLost(stream);
            }
        }
    }

    /** A stream that is watched ended; one's own that did was replaced by a newer one, or taken off the stage. */
    void onStreamStopped(StreamId stream, StopReason reason) {
        if (reason == StopReason.STEPPED_DOWN) {
            beginning.remove(stream);
            published.remove(stream);
            isHomeNow(stream);
        }
        if (!published.containsKey(stream) && !beginning.contains(stream)) {
            connections.close(stream);
        }
    }

    /** Gives everything back. */
    void reset() {
        move = null;
        forgetPublished();
        connections.closeAll();
        seat = new Seat();
    }

    private void forgetPublished() {
        List.copyOf(homeless.keySet()).forEach(this::isHomeNow);
        published.clear();
    }

    private void onLost(StreamId stream, Connections.Loss loss) {
        if (loss == Connections.Loss.NODE && !away && published.containsKey(stream)) {
            awaitRepair(stream);
            client.accept(new ServerMessage.MediaLost(stream));
        } else {
            onConnectionLost(stream);
        }
    }

    /** The audience hears nothing of it: for them it is the same stream, from somewhere else. */
    private void awaitRepair(StreamId stream) {
        isHomeNow(stream);
        homeless.put(
                stream,
                nodes.context().owner().setTimer(LocalRoom.REPAIR.toMillis(), late -> onConnectionGone(stream)));
    }

    private void onConnectionGone(StreamId stream) {
        isHomeNow(stream);
        var here = published.remove(stream);
        if (here != null) {
            services.tell(here.room(), new RoomCommand.StopStream(here.you().id(), stream, StopReason.MEDIA_LOST));
        }
    }

    private void onConnectionLost(StreamId stream) {
        onConnectionGone(stream);
        client.accept(new ServerMessage.MediaLost(stream));
    }

    private static boolean isOwn(Presence.Inside here, Stream stream) {
        return stream.participant().equals(here.you().id());
    }

    private static Map<String, String> tags(Presence.Inside here, StreamId stream) {
        return Map.of(
                "room", here.room().value(),
                "participant", here.you().id().value(),
                "stream", stream.value());
    }

    /**
     * The offer with no video but in the room's codec. What a media node would accept without a word and never carry (an
     * offer without media) is refused here.
     */
    private static Future<String> offer(Presence.Inside here, String sdp) {
        var hasMedia = sdp.startsWith("v=0") && (sdp.contains("\nm=audio ") || sdp.contains("\nm=video "));
        if (!hasMedia) {
            return refused(ErrorCode.BAD_SDP, "the offer is no session description with audio or video");
        }
        var video = here.local().video();
        return OneVideoCodec.of(video)
                .only(sdp)
                .map(Future::succeededFuture)
                .orElseGet(() -> refused(
                        ErrorCode.WRONG_CODEC,
                        "all video of this room is %s, which the offer does not have".formatted(words(video))));
    }

    private static String words(VideoCodec video) {
        return switch (video) {
            case VP8 -> "VP8";
            case H264 -> "H.264 (constrained baseline, packetization mode 1)";
        };
    }

    private static <T> Future<T> refused(ErrorCode code, String message) {
        return Future.failedFuture(new Refusal(code, message));
    }
}
