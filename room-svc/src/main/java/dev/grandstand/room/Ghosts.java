package dev.grandstand.room;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Participants whose signaling instance is gone: nobody will ever say that they left, so a command has to. One that is sent
 * twice is refused the second time.
 *
 * @param self who sends the commands
 * @param isLost whether an instance is gone
 * @param clock tells the commands' time
 */
record Ghosts(InstanceId self, Predicate<InstanceId> isLost, Clock clock) {

    /** So many leave in one go, lest thousands of commands stand before everybody else's. */
    static final int AT_ONCE = 500;

    List<CommandRecord<RoomCommand>> leaving(Collection<Room> rooms) {
        var lost = new HashMap<InstanceId, Boolean>();
        var commands = new ArrayList<CommandRecord<RoomCommand>>();
        for (var room : rooms) {
            for (var presence : room.participants().values()) {
                if (lost.computeIfAbsent(presence.instance(), isLost::test)) {
                    commands.add(leave(room.id(), presence.participant().id()));
                    if (commands.size() == AT_ONCE) {
                        return commands;
                    }
                }
            }
        }
        return commands;
    }

    private CommandRecord<RoomCommand> leave(RoomId room, ParticipantId participant) {
        return new CommandRecord<>(
                CommandId.random(),
                room,
                self,
                clock.instant(),
                new RoomCommand.Leave(participant, LeaveReason.INSTANCE_LOST));
    }
}
