package dev.grandstand.room;

import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.List;

/** What somebody is shown of a room. Its size and cost do not grow with the room, beyond {@link #ROSTER_LIMIT} people. */
final class Description {

    /** Up to so many people see each other by name; in a larger room they see the presenters and a count. */
    static final int ROSTER_LIMIT = 200;

    /** So many raised hands a moderator is shown, who waits longest first. */
    static final int HANDS = 50;

    private Description() {}

    static RoomEvent.RoomDescribed of(Room room, ParticipantId reader) {
        var guest = room.people().present(reader).guest();
        return new RoomEvent.RoomDescribed(
                guest.participant(),
                guest.standing(),
                room.running().map(Lifecycle.Running::title).orElse(room.id().value()),
                room.isLocked(),
                room.running().map(Lifecycle.Running::video).orElse(null),
                room.audience() <= ROSTER_LIMIT ? room.people().everybody() : room.presenters(),
                List.copyOf(room.stage().streams().values()),
                guest.moderates() ? hands(room) : List.of(),
                room.audience());
    }

    private static List<Participant> hands(Room room) {
        return room.people().hands().stream()
                .limit(HANDS)
                .map(moment -> room.people().present(moment.who()).guest().seen())
                .toList();
    }
}
