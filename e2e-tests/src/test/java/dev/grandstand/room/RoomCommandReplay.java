package dev.grandstand.room;

import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.List;

/** Runs a room's commands through the rules once more. Stands in this package because the rules are nobody else's. */
public final class RoomCommandReplay {

    private RoomCommandReplay() {}

    /** The events that the commands of one room lead to, from a room that never was. */
    public static List<EventRecord<RoomEvent>> replay(RoomId id, List<CommandRecord<RoomCommand>> commands) {
        var decider = new RoomDecider(Limits.DEFAULT);
        var room = decider.initial(id);
        var events = new ArrayList<EventRecord<RoomEvent>>();
        for (var command : commands) {
            for (var event : decider.decide(room, command).events()) {
                var record = new EventRecord<>(id, command.id(), command.at(), event);
                room = decider.evolve(room, record);
                events.add(record);
            }
        }
        return events;
    }
}
