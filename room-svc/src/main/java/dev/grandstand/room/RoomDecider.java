package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decider;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;

/** {@link Room} in the form that the stream processor runs. */
record RoomDecider(Limits limits) implements Decider<RoomCommand, RoomEvent, Room> {

    @Override
    public Room initial(RoomId room) {
        return Room.closed(room);
    }

    @Override
    public boolean isInitial(Room room) {
        return room.isClosed();
    }

    @Override
    public Decision<RoomEvent> decide(Room room, CommandRecord<RoomCommand> command) {
        return room.decide(command, limits);
    }

    @Override
    public Room evolve(Room room, EventRecord<RoomEvent> record) {
        return room.evolve(record.event(), record.at());
    }
}
