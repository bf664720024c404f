package dev.grandstand.signaling;

import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session publishes and watches: its seat, its connections to media nodes, and the streams that are its own. Here is how they
 * are lost, moved, and taken over together; how each is made is in {@link Publications}, {@link Views} and {@link SessionSeat}.
 */
final class SessionMedia {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMedia.class);

    private final Services services;
    private final MediaNodes nodes;
    private final Consumer<ServerMessage> client;
    private final Connections connections;
    private final SessionSeat seat;
    private final Publications publications;
    private final Views views;
    private @Nullable Move move;
    private boolean away;

    /** Who is on the way to another node. */
    private record Move(RoomId room, ParticipantId participant, NodeId node) {}

    /** @param changed is told when what {@link #held} says has changed */
    SessionMedia(Services services, MediaNodes nodes, Consumer<ServerMessage> client, Runnable changed) {
        this.services = services;
        this.nodes = nodes;
        this.client = client;
        connections = new Connections(client, this::onLost, this::onSilent, changed);
        seat = new SessionSeat(services);
        var negotiator = new Negotiator(seat, connections);
        publications = new Publications(services, nodes, negotiator, connections, new Publications.Told() {

            @Override
            public void settled(StreamId stream) {
                settle(stream);
            }

            @Override
            public void lost(StreamId stream) {
                onConnectionLost(stream);
            }
        });
        views = new Views(services, nodes, negotiator, connections, this::onConnectionLost);
    }

    Future<ServerMessage.Answer> publish(Presence.Inside here, ClientMessage.Publish request) {
        return publications.publish(here, request);
    }

    Future<ServerMessage.Ok> unpublish(Presence.Inside here, ClientMessage.Unpublish request) {
        return publications.unpublish(here, request);
    }

    Future<ServerMessage.Answer> view(Presence.Inside here, ClientMessage.View request) {
        return views.view(here, request);
    }

    Future<ServerMessage.Ok> unview(Presence.Inside here, ClientMessage.Unview request) {
        return watches(request.stream()) ? views.unview(here, request) : notWatched(request.stream());
    }

    Future<ServerMessage.Ok> firstFrame(ClientMessage.FirstFrame report, SignalingMetrics metrics) {
        return watches(report.stream()) ? views.firstFrame(report, metrics) : notWatched(report.stream());
    }

    private boolean watches(StreamId stream) {
        return connections.has(stream) && !publications.has(stream);
    }

    private static Future<ServerMessage.Ok> notWatched(StreamId stream) {
        return Refusal.future(ErrorCode.UNKNOWN_STREAM, "you do not watch " + stream);
    }

    Future<ServerMessage.Answer> restartIce(Presence.Inside here, ClientMessage.RestartIce request) {
        return Negotiator.offer(here, request.sdp())
                .compose(offer -> connections
                        .locationOf(request.stream())
                        .map(location -> nodes.negotiate(
                                location.node(),
                                Urgency.VIEW,
                                itself -> connections.restartIce(request.stream(), offer)))
                        .orElseGet(() -> connections.restartIce(request.stream(), offer)))
                .map(answer -> new ServerMessage.Answer(request.id(), request.stream(), answer));
    }

    Future<ServerMessage.Ok> addCandidate(ClientMessage.Candidate request) {
        return connections.addCandidate(request.stream(), request.candidate()).map(new ServerMessage.Ok(request.id()));
    }

    /** Asks for the seat of somebody who is about to enter; they have this priority as long as they are there. */
    void askForSeat(Presence.Entering entering, @Nullable SeatPriority granted) {
        seat.ask(entering, granted);
    }

    @Nullable
    SeatPriority priority() {
        return seat.priority();
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
        seat.askAgain(here, token.priority());
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
            publications.adopt(here, held.stream(), held.endpoint());
        }
        return connections
                .adopt(held.stream(), placed, held.direction())
                .recover(failure -> isLate(failure)
                        ? connections.adopt(held.stream(), placed, held.direction())
                        : Future.failedFuture(failure))
                .map(Optional.of(held.stream()))
                .otherwise(gone -> {
                    LOG.atInfo()
                            .addKeyValue("stream", held.stream())
                            .log("connection not taken over: {}", gone.getMessage());
                    publications.gone(held.stream());
                    return Optional.empty();
                });
    }

    /** A node that is slow has not lost anything: to connect anew would give it more to do still. */
    private static boolean isLate(Throwable failure) {
        return failure instanceof MediaFailure slow && slow.kind() == MediaFailure.Kind.TIMEOUT;
    }

    /** Meanwhile the stream may have ended, or been published anew. */
    private static boolean isStillOnAir(Presence.Inside here, ResumeToken.Held held) {
        return here.local().stream(held.stream())
                .filter(stream -> held.direction() == Direction.PUBLISH
                        ? Publications.isOwn(here, stream) && stream.source().equals(held.endpoint())
                        : stream.source().endpoint().equals(held.source()))
                .isPresent();
    }

    /**
     * The client is away. What it publishes goes on as long as media comes from it; when nothing comes, its process or its
     * network is gone, and the audience need not look at a still until the grace time is over.
     */
    void stepAway() {
        away = true;
        publications.silent().forEach(this::onSilent);
    }

    private void onSilent(StreamId stream) {
        if (away && publications.has(stream)) {
            publications.gone(stream);
            connections.close(stream);
        }
    }

    /** Another session has the connections. */
    void disown() {
        move = null;
        publications.forget();
        connections.disownAll();
        seat.reset();
    }

    /** Told before anybody has placed the room anew: whoever asks from now on waits for that. */
    void onNodeLost(NodeRef node) {
        seat.lose(node);
    }

    void onEvent(EventRecord<MediaEvent> record) {
        seat.heard(record.cause());
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
        move = new Move(room, moving.participant(), moving.node().id());
        connections
                .leaveAllBut(moving.node())
                .forEach(stream -> client.accept(new ServerMessage.Migrate(stream, moving.limitMs())));
        confirmIfMoved();
    }

    /** The answer says that the former connection may end: for a stream of one's own once nobody watches it from there. */
    Future<ServerMessage.Ok> migrated(Presence.Inside here, ClientMessage.Migrated request) {
        var stream = request.stream();
        return publications
                .changeOver(here, stream)
                .onSuccess(over -> settle(stream))
                .map(new ServerMessage.Ok(request.id()));
    }

    void onStreamMoved(Presence.Inside here, StreamId stream, MediaLocation source) {
        views.streamMoved(here, stream, source);
    }

    private void settle(StreamId stream) {
        connections.settle(stream);
        confirmIfMoved();
    }

    private void confirmIfMoved() {
        var moving = move;
        if (moving != null && !connections.isMoving()) {
            move = null;
            services.tell(moving.room(), new MediaCommand.ConfirmMove(moving.participant(), moving.node()));
        }
    }

    /** Whatever is left on the former node is not theirs any more. */
    private void onMoved() {
        move = null;
        publications.changeAllOver();
        connections.endMoves().forEach(away ? publications::gone : this::onConnectionLost);
    }

    /** Those who had their seat there ask for another; the client publishes and watches anew. */
    void onEdgeGone(NodeRef node, Optional<Presence.Inside> here) {
        connections.streamsOn(node).forEach(stream -> {
            connections.close(stream);
            if (here.isPresent()) {
                onLost(stream, Connections.Loss.NODE);
            } else {
                publications.gone(stream);
            }
        });
        confirmIfMoved();
        if (seat.revokeOn(node)) {
            here.ifPresent(seat::ask);
        }
    }

    /** Whoever is away finds out when they are back. */
    void onLinkEnded(StreamId stream, NodeRef node) {
        if (!publications.has(stream) && connections.streamsOn(node).contains(stream)) {
            connections.close(stream);
            if (!away) {
                onConnectionLost(stream);
            }
        }
    }

    /** A stream that is watched ended; one's own that did was replaced by a newer one, or taken off the stage. */
    void onStreamStopped(StreamId stream, StopReason reason) {
        if (!publications.stopped(stream, reason)) {
            connections.close(stream);
        }
    }

    /** Gives everything back that somebody has who was in the room. */
    void leave(Presence.Inside was) {
        seat.giveBack(was);
        reset();
    }

    /** The same of somebody who may have got no further than to the door. */
    void turnBack(RoomId room, ParticipantId participant) {
        seat.giveBack(room, participant);
        reset();
    }

    /** They are nowhere any more, as far as this session is concerned. */
    void reset() {
        move = null;
        publications.forget();
        connections.closeAll();
        seat.reset();
    }

    private void onLost(StreamId stream, Connections.Loss loss) {
        if (loss == Connections.Loss.NODE && !away && publications.has(stream)) {
            publications.awaitRepair(stream);
            client.accept(new ServerMessage.MediaLost(stream));
        } else {
            onConnectionLost(stream);
        }
    }

    private void onConnectionLost(StreamId stream) {
        publications.gone(stream);
        client.accept(new ServerMessage.MediaLost(stream));
    }
}
