package dev.grandstand.room;

import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A room as its events leave it. Stands in this package because the rules are nobody else's. */
public final class RoomFold {

    private RoomFold() {}

    /**
     * What a room consists of, as far as clients can know it.
     *
     * @param people everybody, connected or not
     * @param connected who of them is connected
     * @param hands since when whose hand is up
     * @param streams everything that is published
     */
    public record Picture(
            Map<ParticipantId, Participant> people,
            Set<ParticipantId> connected,
            Map<ParticipantId, Instant> hands,
            Set<Stream> streams,
            boolean open,
            boolean locked) {}

    /** Folds all events of a room, from the first; fails where the rules could not have led to one. */
    public static Picture fold(RoomId id, List<EventRecord<RoomEvent>> events) {
        var decider = new RoomDecider(Limits.DEFAULT);
        var room = decider.initial(id);
        for (var event : events) {
            room = decider.evolve(room, event);
        }
        var people = new HashMap<ParticipantId, Participant>();
        var connected = new HashSet<ParticipantId>();
        var hands = new HashMap<ParticipantId, Instant>();
        room.people().all().forEach((who, presence) -> {
            people.put(who, presence.guest().participant());
            if (presence instanceof Presence.Connected) {
                connected.add(who);
            }
            var since = presence.guest().handRaisedAt();
            if (since != null) {
                hands.put(who, since);
            }
        });
        var streams = Set.copyOf(room.stage().streams().values());
        return new Picture(people, connected, hands, streams, !room.isClosed(), room.isLocked());
    }
}
