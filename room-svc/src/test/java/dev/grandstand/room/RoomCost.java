package dev.grandstand.room;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.room.RoomCommand;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Measures what a command costs in rooms of 100, 10,000 and 100,000: deciding, evolving, and encoding the stored parts, as
 * the stream processor does it, without Kafka. Run {@code main}; nothing asserts what it prints.
 */
final class RoomCost {

    private static final InstanceId INSTANCE = new InstanceId("signaling.a");
    private static final int REPEATS = 4_000;
    private static final int AT_ONCE = 200;
    private static final int ROUNDS = 25;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final RoomParts parts = new RoomParts();
    private final Random random = new Random(1);
    private Room room;

    private RoomCost(int people) {
        room = Room.closed(RoomScenario.ROOM);
        for (var n = 0; n < people; n++) {
            carryOut(join("p" + n));
        }
        for (var n = 0; n < 4; n++) {
            carryOut(new RoomCommand.StartStream(
                    new ParticipantId("p" + n), new StreamId("s" + n), StreamKind.CAMERA, RoomTest.source("e" + n)));
        }
    }

    /** Prints microseconds of CPU a command: the best of some rounds, for the machine does other things, too. */
    public static void main(String[] arguments) {
        System.out.printf(
                "%-12s %10s %10s %10s %12s %10s%n", "participants", "join", "leave", "resume", "disconnect", "people");
        for (var size : new int[] {100, 10_000, 100_000, 100, 10_000, 100_000}) {
            new RoomCost(size).measure(size);
        }
    }

    private void measure(int size) {
        var best = new double[] {1e9, 1e9, 1e9, 1e9, 1e9};
        for (var round = 0; round < ROUNDS; round++) {
            // The same number come as go, a few at a time, so that the room keeps its size.
            var joins = 0.0;
            var leaves = 0.0;
            for (var n = 0; n < REPEATS / AT_ONCE; n++) {
                joins += time(AT_ONCE, i -> join(late(i))) * AT_ONCE;
                leaves += time(
                                20,
                                i -> new RoomCommand.Leave(
                                        new ParticipantId(late(i)), connection(late(i)), LeaveReason.LEFT))
                        * AT_ONCE;
            }
            var who = random.ints(REPEATS, 0, size).toArray();
            var token = round;
            double[] each = {
                joins / REPEATS,
                leaves / REPEATS,
                time(
                        REPEATS,
                        i -> new RoomCommand.Resume(
                                id(who[i]),
                                room.people().present(id(who[i])).link().current(),
                                new ConnectionId("r" + token + "-" + i),
                                INSTANCE)),
                time(
                        REPEATS,
                        i -> new RoomCommand.Disconnect(
                                id(who[i]),
                                room.people().present(id(who[i])).link().current())),
                time(REPEATS, i -> new RoomCommand.ListPeople(id(0), "p" + i % 10, null))
            };
            for (var n = 0; n < best.length; n++) {
                best[n] = Math.min(best[n], each[n]);
            }
        }
        System.out.printf(
                "%-12d %8.2fµs %8.2fµs %8.2fµs %10.2fµs %8.2fµs%n", size, best[0], best[1], best[2], best[3], best[4]);
    }

    private double time(int commands, IntFunction<RoomCommand> command) {
        var began = CPU.getCurrentThreadCpuTime();
        for (var i = 0; i < commands; i++) {
            carryOut(command.apply(i));
        }
        return (CPU.getCurrentThreadCpuTime() - began) / 1e3 / commands;
    }

    private void carryOut(RoomCommand command) {
        var record = new CommandRecord<>(new CommandId("c"), room.id(), INSTANCE, RoomScenario.NOON, command);
        for (var event : room.decide(record, Limits.DEFAULT).events()) {
            var touched = parts.touched(room, new EventRecord<>(room.id(), record.id(), record.at(), event));
            room = room.evolve(event, record.at());
            touched.forEach(part -> parts.encode(room, part));
        }
    }

    private static RoomCommand join(String who) {
        return new RoomCommand.Join(
                new ParticipantId(who),
                new DisplayName(who),
                Role.VIEWER,
                null,
                null,
                connection(who),
                INSTANCE,
                Grants.OPEN,
                null);
    }

    private static ConnectionId connection(String who) {
        return new ConnectionId(who + "-1");
    }

    /** Somewhere among the others, not all of them at the end of the index. */
    private static String late(int n) {
        return "p" + (n * 37 % 1_000) + "late";
    }

    private static ParticipantId id(int n) {
        return new ParticipantId("p" + n);
    }
}
