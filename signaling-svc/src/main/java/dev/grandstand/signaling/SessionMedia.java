package dev.grandstand.signaling;

import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a session publishes and watches: its seat, its connections to the media node, and the streams that are its own. */
final class SessionMedia {

    private final Services services;
    private final MediaServers nodes;
    private final Consumer<ServerMessage> client;
    private final Connections connections;
    private final Map<StreamId, Presence.Inside> published = new HashMap<>();
    private Seat seat = new Seat();

    SessionMedia(Services services, MediaServers nodes, Consumer<ServerMessage> client) {
        this.services = services;
        this.nodes = nodes;
        this.client = client;
        this.connections = new Connections(client, this::onConnectionLost);
    }

    Future<ServerMessage.Answer> publish(Presence.Inside here, ClientMessage.Publish request) {
        var stream = request.stream();
        if (here.local().stream(stream).filter(other -> !isOwn(here, other)).isPresent()) {
            return refused(ErrorCode.STREAM_TAKEN, "somebody else has a stream " + stream);
        }
        return offer(request.sdp())
                .compose(
                        offer -> connections.open(stream, listener -> seat.get().compose(granted -> {
                            var node = nodes.on(granted.node());
                            return node.publish(granted.pipeline(), offer, tags(here, stream), listener)
                                    .map(endpoint -> new Placed(node, granted.pipeline(), endpoint));
                        })))
                .compose(placed -> start(here, request, placed)
                        .map(new ServerMessage.Answer(
                                request.id(), stream, placed.endpoint().answer())));
    }

    private Future<RoomEvent.StreamStarted> start(Presence.Inside here, ClientMessage.Publish request, Placed placed) {
        var stream = request.stream();
        var source = new MediaLocation(
                placed.node().node(), placed.pipeline(), placed.endpoint().id());
        published.put(stream, here);
        return services.ask(
                        here.room(),
                        new RoomCommand.StartStream(here.you().id(), stream, request.kind(), source),
                        RoomEvent.StreamStarted.class)
                .onFailure(e -> {
                    published.remove(stream);
                    connections.close(stream);
                });
    }

    Future<ServerMessage.Ok> unpublish(Presence.Inside here, ClientMessage.Unpublish request) {
        var stream = request.stream();
        if (published.remove(stream) == null) {
            return refused(ErrorCode.UNKNOWN_STREAM, "you do not publish " + stream);
        }
        connections.close(stream);
        return services.ask(
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
        var source = found.get().source();
        return offer(request.sdp())
                .compose(offer -> connections.open(
                        request.stream(), listener -> seat.get().compose(granted -> {
                            var node = nodes.on(source.node());
                            return node.view(
                                            source.pipeline(),
                                            source.endpoint(),
                                            offer,
                                            tags(here, request.stream()),
                                            listener)
                                    .map(endpoint -> new Placed(node, source.pipeline(), endpoint));
                        })))
                .map(placed -> new ServerMessage.Answer(
                        request.id(), request.stream(), placed.endpoint().answer()));
    }

    Future<ServerMessage.Ok> unview(ClientMessage.Unview request) {
        if (published.containsKey(request.stream()) || !connections.has(request.stream())) {
            return refused(ErrorCode.UNKNOWN_STREAM, "you do not watch " + request.stream());
        }
        connections.close(request.stream());
        return Future.succeededFuture(new ServerMessage.Ok(request.id()));
    }

    Future<ServerMessage.Ok> addCandidate(ClientMessage.Candidate request) {
        return connections.addCandidate(request.stream(), request.candidate()).map(new ServerMessage.Ok(request.id()));
    }

    void onEvent(MediaEvent event) {
        switch (event) {
            case MediaEvent.SeatGranted granted -> client.accept(seat.grant(granted));
            case MediaEvent.SeatQueued queued -> client.accept(seat.queue(queued));
            case MediaEvent.SeatReleased released -> {}
            case MediaEvent.RoomPlaced placed -> {}
            case MediaEvent.RoomReleased released -> {}
            case MediaEvent.RoomMediaLost lost -> {}
        }
    }

    void onRoomMediaLost(Presence.Inside here) {
        connections.streams().forEach(stream -> {
            connections.close(stream);
            onConnectionLost(stream);
        });
        seat.revoke();
        services.tell(here.room(), new MediaCommand.RequestSeat(here.you().id(), services.instance()));
    }

    /** A stream that is watched ended; one's own that did was replaced by a newer one, or taken off the stage. */
    void onStreamStopped(StreamId stream, StopReason reason) {
        if (reason == StopReason.STEPPED_DOWN) {
            published.remove(stream);
        }
        if (!published.containsKey(stream)) {
            connections.close(stream);
        }
    }

    /** Gives everything back. */
    void reset() {
        published.clear();
        connections.closeAll();
        seat = new Seat();
    }

    private void onConnectionLost(StreamId stream) {
        var here = published.remove(stream);
        if (here != null) {
            services.tell(here.room(), new RoomCommand.StopStream(here.you().id(), stream, StopReason.MEDIA_LOST));
        }
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

    /** What a media node would accept without a word and never carry (an offer without media) is refused here. */
    private static Future<String> offer(String sdp) {
        var hasMedia = sdp.startsWith("v=0") && (sdp.contains("\nm=audio ") || sdp.contains("\nm=video "));
        return hasMedia
                ? Future.succeededFuture(sdp)
                : refused(ErrorCode.BAD_SDP, "the offer is no session description with audio or video");
    }

    private static <T> Future<T> refused(ErrorCode code, String message) {
        return Future.failedFuture(new Refusal(code, message));
    }
}
