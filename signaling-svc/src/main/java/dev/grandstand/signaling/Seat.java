package dev.grandstand.signaling;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session's seat: asked for at join, granted, queued or refused some time later, void when its node is lost. */
final class Seat {

    private Promise<MediaEvent.SeatGranted> granted = Promise.promise();
    private boolean queued;
    private boolean refused;
    /** The node that took it away by dying; whoever places rooms has not said so yet. */
    private @Nullable NodeRef lostWith;

    /** The seat, waiting a moment for the allocator's answer; fails at once for a session in the queue. */
    Future<MediaEvent.SeatGranted> get() {
        if (queued) {
            return Refusal.future(ErrorCode.NO_SEAT, "every seat is taken, yours is in the queue");
        }
        return granted.future()
                .timeout(Services.REPLY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(
                        new Refusal(ErrorCode.UNAVAILABLE, "no seat was granted in time, please try again")));
    }

    ServerMessage grant(MediaEvent.SeatGranted seat) {
        take(seat);
        return new ServerMessage.Seat(ServerMessage.SeatState.GRANTED, 0, 0);
    }

    /** Without a word to the client: what it has goes on. */
    void move(MediaEvent.SeatMoving to) {
        take(new MediaEvent.SeatGranted(to.participant(), to.node(), to.pipeline()));
    }

    private void take(MediaEvent.SeatGranted seat) {
        queued = false;
        refused = false;
        lostWith = null;
        if (!granted.tryComplete(seat)) {
            granted = Promise.promise();
            granted.complete(seat);
        }
    }

    ServerMessage queue(MediaEvent.SeatQueued place) {
        queued = true;
        refused = false;
        return new ServerMessage.Seat(ServerMessage.SeatState.QUEUED, place.position(), place.expectedWaitMs());
    }

    /** It was waited for as long as anybody may wait. */
    ServerMessage refuse() {
        queued = false;
        refused = true;
        return new ServerMessage.Seat(ServerMessage.SeatState.REFUSED, 0, 0);
    }

    /** Whether it has to be asked for anew; says so once. */
    boolean isToBeAskedForAnew() {
        boolean was = refused;
        refused = false;
        return was;
    }

    /** The node is gone: nobody need try to negotiate there. */
    void lose(NodeRef node) {
        if (isOn(node)) {
            revoke();
            lostWith = node;
        }
    }

    /** Whether it is on this node, or was until that was lost. */
    boolean belongsTo(NodeRef node) {
        return isOn(node) || node.equals(lostWith);
    }

    boolean isOn(NodeRef node) {
        return granted.future().succeeded() && granted.future().result().node().equals(node);
    }

    /** Whoever asks from now on waits for the next grant. */
    void revoke() {
        queued = false;
        refused = false;
        lostWith = null;
        if (granted.future().isComplete()) {
            granted = Promise.promise();
        }
    }
}
