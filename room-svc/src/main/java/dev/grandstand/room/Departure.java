package dev.grandstand.room;

import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.List;

/** What happens when somebody goes, for whatever reason. */
final class Departure {

    private Departure() {}

    /** Whoever leaves ends what they publish; the last one closes the room. */
    static List<RoomEvent> of(Room room, ParticipantId who, LeaveReason reason) {
        var events = new ArrayList<>(streamsStopped(room, who, StopReason.PRESENTER_LEFT));
        events.add(new RoomEvent.ParticipantLeft(who, reason, room.audience() - 1));
        if (room.audience() == 1) {
            events.add(new RoomEvent.RoomClosed(CloseReason.EMPTY));
        }
        return events;
    }

    /** Whoever leaves the stage ends what they publish, and stays in the room. */
    static List<RoomEvent> fromStage(Room room, ParticipantId who, boolean mayReturn) {
        var events = new ArrayList<>(streamsStopped(room, who, StopReason.STEPPED_DOWN));
        events.add(new RoomEvent.ParticipantSteppedDown(who, mayReturn));
        return events;
    }

    private static List<RoomEvent> streamsStopped(Room room, ParticipantId who, StopReason reason) {
        return room.stage().of(who).stream()
                .<RoomEvent>map(stream -> new RoomEvent.StreamStopped(stream.id(), who, reason))
                .toList();
    }
}
