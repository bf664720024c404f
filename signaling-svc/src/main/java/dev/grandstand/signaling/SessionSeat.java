package dev.grandstand.signaling;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session's {@link Seat} as it asks for it, whatever becomes of one. */
final class SessionSeat {

    private final Services services;
    private final Set<CommandId> unanswered = new HashSet<>();
    private Seat seat = new Seat();
    private @Nullable SeatPriority priority;

    SessionSeat(Services services) {
        this.services = services;
    }

    /** Where nothing is heard of it in time it is asked for again. */
    Future<MediaEvent.SeatGranted> get(Presence.Inside here) {
        if (seat.isToBeAskedForAnew()) {
            ask(here);
        }
        return seat.get().onFailure(late -> {
            if (late instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE) {
                ask(here);
            }
        });
    }

    /** For somebody who is about to enter; they have this priority as long as they are there. */
    void ask(Presence.Entering entering, @Nullable SeatPriority granted) {
        priority = granted;
        ask(entering.room(), entering.participant());
    }

    /** For somebody who is back; they have it, or wait for it already. */
    void askAgain(Presence.Inside here, @Nullable SeatPriority granted) {
        priority = granted;
        ask(here);
    }

    void ask(Presence.Inside here) {
        ask(here.room(), here.you().id());
    }

    private void ask(RoomId room, ParticipantId participant) {
        // Said again after it has been given back, it would be kept for nobody as long as the room is open.
        var asked = seat;
        unanswered.add(services.tell(
                room, new MediaCommand.RequestSeat(participant, services.instance(), priority), () -> seat == asked));
    }

    /** The allocator has said something to this session. */
    void heard(CommandId cause) {
        unanswered.remove(cause);
    }

    /**
     * Whoever has been in the room leaves it, and the allocator hears of that from room-svc, and takes the seat back. It need be
     * told apart only while it may hear of that before it hears what they asked for.
     */
    void giveBack(Presence.Inside was) {
        if (!unanswered.isEmpty()) {
            giveBack(was.room(), was.you().id());
        }
    }

    /** Of whoever may never have been in the room: nobody else would say so. */
    void giveBack(RoomId room, ParticipantId participant) {
        services.tell(room, new MediaCommand.ReleaseSeat(participant));
    }

    /** Its node has no room for what they want there. */
    void decline(Presence.Inside here, NodeRef node) {
        if (seat.isOn(node)) {
            seat.revoke();
            services.tell(here.room(), new MediaCommand.DeclineSeat(here.you().id(), node, priority));
        }
    }

    @Nullable
    SeatPriority priority() {
        return priority;
    }

    boolean isOn(NodeRef node) {
        return seat.isOn(node);
    }

    ServerMessage grant(MediaEvent.SeatGranted granted) {
        return seat.grant(granted);
    }

    ServerMessage queue(MediaEvent.SeatQueued place) {
        return seat.queue(place);
    }

    ServerMessage refuse() {
        return seat.refuse();
    }

    void move(MediaEvent.SeatMoving moving) {
        seat.move(moving);
    }

    void lose(NodeRef node) {
        seat.lose(node);
    }

    /** @return whether it was there, and is to be asked for anew */
    boolean revokeOn(NodeRef node) {
        boolean was = seat.belongsTo(node);
        if (was) {
            seat.revoke();
        }
        return was;
    }

    /** They have none, and have asked for none. */
    void reset() {
        seat = new Seat();
        unanswered.clear();
    }
}
