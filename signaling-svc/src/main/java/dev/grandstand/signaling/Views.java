package dev.grandstand.signaling;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that a session watches. One whose media node is lost can be watched ahead: offer, answer, ICE and DTLS are done with
 * while its presenter publishes it anew, and it flows as soon as it has moved.
 */
final class Views {

    private static final Logger LOG = LoggerFactory.getLogger(Views.class);

    private final Services services;
    private final MediaNodes nodes;
    private final Negotiator negotiator;
    private final Connections connections;
    private final Consumer<StreamId> lost;

    /** @param lost is told of connections that were closed, and are of no use to the client */
    Views(
            Services services,
            MediaNodes nodes,
            Negotiator negotiator,
            Connections connections,
            Consumer<StreamId> lost) {
        this.services = services;
        this.nodes = nodes;
        this.negotiator = negotiator;
        this.connections = connections;
        this.lost = lost;
    }

    Future<ServerMessage.Answer> view(Presence.Inside here, ClientMessage.View request) {
        var stream = request.stream();
        var found = here.local().stream(stream);
        if (found.isEmpty()) {
            return Refusal.future(ErrorCode.UNKNOWN_STREAM, "the room has no stream " + stream);
        }
        if (Publications.isOwn(here, found.get())) {
            return Refusal.future(ErrorCode.REFUSED, "this stream is your own");
        }
        return negotiator
                .open(here, stream, request.sdp(), (seat, offer, listener) -> here.local().stream(stream)
                        .map(Stream::source)
                        .map(source -> here.local().isLost(stream)
                                ? watchAhead(here, stream, source, seat, offer, listener)
                                : watch(here, stream, source, seat, offer, listener))
                        .orElseGet(() -> Refusal.future(ErrorCode.UNKNOWN_STREAM, "the stream has just ended")))
                .onSuccess(made -> feedIfAhead(here, stream))
                .map(made -> new ServerMessage.Answer(request.id(), stream, made.answer()));
    }

    private Future<Negotiated> watch(
            Presence.Inside here,
            StreamId stream,
            MediaLocation source,
            MediaEvent.SeatGranted seat,
            String offer,
            EndpointListener listener) {
        return bring(here, stream, source, seat.node())
                .compose(feed -> nodes.negotiate(feed.node(), Urgency.VIEW, node -> node.view(
                                feed.pipeline(), feed.endpoint(), offer, Negotiator.tags(here, stream), listener)
                        .map(endpoint -> new Negotiated(
                                new Placed(node, feed.pipeline(), endpoint.id(), source.endpoint(), source.codec()),
                                endpoint.answer()))))
                .compose(made -> here.local().isFrom(stream, source)
                        ? Future.succeededFuture(made)
                        : Negotiator.overtaken(made));
    }

    /**
     * The stream's node is lost: until it comes from another, the browser connects to where it will be watched. Whoever's turn comes
     * later than the stream watches it.
     */
    private Future<Negotiated> watchAhead(
            Presence.Inside here,
            StreamId stream,
            MediaLocation lostSource,
            MediaEvent.SeatGranted seat,
            String offer,
            EndpointListener listener) {
        return nodes.negotiate(
                seat.node(),
                Urgency.AHEAD,
                node -> here.local().isLost(stream)
                        ? node.viewLater(seat.pipeline(), offer, Negotiator.tags(here, stream), listener)
                                .map(endpoint -> new Negotiated(
                                        new Placed(
                                                node,
                                                seat.pipeline(),
                                                endpoint.id(),
                                                Placed.NOBODY,
                                                lostSource.codec()),
                                        endpoint.answer()))
                        : Negotiator.overtaken());
    }

    /** What feeds viewers on the node of the seat: the presenter's endpoint, or what arrives there from its node. */
    private Future<MediaLocation> bring(Presence.Inside here, StreamId stream, MediaLocation source, NodeRef node) {
        if (source.node().equals(node)) {
            return Future.succeededFuture(source);
        }
        return services.ask(here.room(), new MediaCommand.RequestLink(here.you().id(), stream, source))
                .map(MediaEvent.LinkMade::arrival);
    }

    /** What another endpoint feeds from now on is still the same stream: whoever resumes may keep it. */
    void streamMoved(Presence.Inside here, StreamId stream, MediaLocation source) {
        if (connections.find(stream).filter(Placed::isAhead).isPresent()) {
            feedIfAhead(here, stream);
        } else {
            connections.sourceMoved(stream, source.endpoint());
        }
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
                    if (connections.find(stream).filter(ahead::equals).isEmpty()) {
                        return;
                    }
                    if (!here.local().isFrom(stream, source)) {
                        feedIfAhead(here, stream);
                    } else if (fed.succeeded()) {
                        connections.sourceMoved(stream, source.endpoint());
                    } else {
                        LOG.atInfo()
                                .addKeyValue("stream", stream)
                                .log("not fed: {}", fed.cause().getMessage());
                        connections.close(stream);
                        lost.accept(stream);
                    }
                });
    }

    Future<ServerMessage.Ok> unview(Presence.Inside here, ClientMessage.Unview request) {
        var broughtTo = here.local().stream(request.stream())
                .filter(stream -> !connections.streamsOn(stream.source().node()).contains(stream.id()));
        connections.close(request.stream());
        broughtTo.ifPresent(stream -> services.tell(
                here.room(), new MediaCommand.ReleaseLink(here.you().id(), stream.id())));
        return Future.succeededFuture(new ServerMessage.Ok(request.id()));
    }

    /** What a client says of a stream counts once, or one client's word could be all that the meters tell. */
    Future<ServerMessage.Ok> firstFrame(ClientMessage.FirstFrame report, SignalingMetrics metrics) {
        if (connections.shown(report.stream())) {
            metrics.shown(report);
        }
        return Future.succeededFuture(new ServerMessage.Ok(report.id()));
    }
}
