package dev.grandstand.signaling;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.OneVideoCodec;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.util.Map;

/**
 * Opens a session's connections where its seat is: with the same offer at another node, if that node has no room, or if seat or
 * stream have moved meanwhile.
 */
final class Negotiator {

    /** Nobody is moved more often while they negotiate. */
    private static final int ATTEMPTS = 3;

    private final SessionSeat seat;
    private final Connections connections;

    /** What was negotiated does not count any more. */
    private static final class Overtaken extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Makes an endpoint of an offer. */
    @FunctionalInterface
    interface AtSeat {

        /** @return what became of the offer, on the seat's node */
        Future<Negotiated> negotiate(MediaEvent.SeatGranted seat, String offer, EndpointListener listener);
    }

    Negotiator(SessionSeat seat, Connections connections) {
        this.seat = seat;
        this.connections = connections;
    }

    /** A new connection for a stream. */
    Future<Negotiated> open(Presence.Inside here, StreamId stream, String sdp, AtSeat atSeat) {
        return offer(here, sdp)
                .compose(offer ->
                        connections.open(stream, listener -> attempt(ATTEMPTS, here, offer, listener, atSeat)));
    }

    private Future<Negotiated> attempt(
            int attempts, Presence.Inside here, String offer, EndpointListener listener, AtSeat atSeat) {
        return seat.get(here)
                .compose(granted -> atSeat.negotiate(granted, offer, listener)
                        .compose(
                                made -> seat.isOn(granted.node()) ? Future.succeededFuture(made) : overtaken(made),
                                failure -> elsewhereIfFull(here, granted.node(), failure)))
                .recover(failure -> {
                    if (!(failure instanceof Overtaken)) {
                        return Future.failedFuture(failure);
                    }
                    return attempts > 1
                            ? attempt(attempts - 1, here, offer, listener, atSeat)
                            : Refusal.future(ErrorCode.UNAVAILABLE, "you are just being moved, please try again");
                });
    }

    /** What was negotiated is where nobody looks for it, and is negotiated again. */
    static Future<Negotiated> overtaken(Negotiated made) {
        return made.placed().release().transform(gone -> overtaken());
    }

    /** What would be negotiated does not count any more, and another thing is negotiated. */
    static Future<Negotiated> overtaken() {
        return Future.failedFuture(new Overtaken());
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
        seat.decline(here, node);
        return overtaken();
    }

    /**
     * The offer with no video but in the room's codec. What a media node would accept without a word and never carry (an
     * offer without media) is refused here.
     */
    static Future<String> offer(Presence.Inside here, String sdp) {
        var hasMedia = sdp.startsWith("v=0") && (sdp.contains("\nm=audio ") || sdp.contains("\nm=video "));
        if (!hasMedia) {
            return Refusal.future(ErrorCode.BAD_SDP, "the offer is no session description with audio or video");
        }
        var video = here.local().video();
        return OneVideoCodec.of(video)
                .only(sdp)
                .map(Future::succeededFuture)
                .orElseGet(() -> Refusal.future(
                        ErrorCode.WRONG_CODEC,
                        "all video of this room is %s, which the offer does not have".formatted(words(video))));
    }

    private static String words(VideoCodec video) {
        return switch (video) {
            case VP8 -> "VP8";
            case H264 -> "H.264 (constrained baseline, packetization mode 1)";
        };
    }

    /** By what an endpoint on a media node is known to be somebody's. */
    static Map<String, String> tags(Presence.Inside here, StreamId stream) {
        return Map.of(
                "room", here.room().value(),
                "participant", here.you().id().value(),
                "stream", stream.value());
    }
}
