package dev.grandstand.room;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.room.RoomCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Participants of whom nobody will ever say that they are gone, so that a command has to: those whose signaling instance
 * died, and those who were disconnected and did not come back. A command that is sent twice is refused the second time.
 * Looking for them costs no more than there are rooms, instances and ghosts.
 *
 * @param self who sends the commands
 * @param isLost whether an instance is gone
 * @param grace how long somebody may be disconnected
 * @param clock tells the commands' time
 */
record Ghosts(InstanceId self, Predicate<InstanceId> isLost, Duration grace, Clock clock) {

    /** So many in one go, lest thousands of commands stand before everybody else's. */
    static final int AT_ONCE = 500;

    List<CommandRecord<RoomCommand>> due(Collection<Room> rooms) {
        var commands = new ArrayList<CommandRecord<RoomCommand>>();
        for (var room : rooms) {
            Stream.concat(expired(room.people()), lost(room.people()))
                    .limit(AT_ONCE - commands.size())
                    .map(command -> new CommandRecord<>(CommandId.random(), room.id(), self, clock.instant(), command))
                    .forEach(commands::add);
        }
        return commands;
    }

    private Stream<RoomCommand> expired(People people) {
        var deadline = clock.instant().minus(grace);
        return people.disconnected().stream()
                .takeWhile(moment -> !moment.at().isAfter(deadline))
                .map(moment -> new RoomCommand.Expire(moment.who(), moment.at()));
    }

    private Stream<RoomCommand> lost(People people) {
        return people.held().entrySet().stream()
                .filter(held -> isLost.test(held.getKey()))
                .flatMap(held -> held.getValue().stream())
                .map(who -> new RoomCommand.Disconnect(
                        who, people.present(who).link().current()));
    }
}
