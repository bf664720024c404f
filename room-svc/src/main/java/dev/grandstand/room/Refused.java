package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomEvent;

/** A decision to change nothing, and why. */
final class Refused {

    private Refused() {}

    static Decision<RoomEvent> because(ErrorCode code, String words) {
        return Decision.of(new RoomEvent.CommandRefused(code.wire(), words));
    }

    static Decision<RoomEvent> notHere(Room room, ParticipantId who) {
        return because(ErrorCode.NOT_FOUND, "participant " + who + " is not in the room " + room.id());
    }

    static Decision<RoomEvent> noSuchRoom(Room room) {
        return because(ErrorCode.NOT_FOUND, "the room " + room.id() + " is not open");
    }

    static Decision<RoomEvent> stale() {
        return because(ErrorCode.STALE, "another connection has taken over since");
    }
}
