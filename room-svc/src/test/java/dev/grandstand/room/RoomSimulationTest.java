package dev.grandstand.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random commands over many rooms, with what must always hold checked after each of them. A failure is repeated with
 * {@code -Dgrandstand.seed=<the seed it printed>}; {@code -Dgrandstand.commands} makes it longer.
 */
class RoomSimulationTest {

    private static final int COMMANDS = Integer.getInteger("grandstand.commands", 1_000_000);
    private static final int ROOMS = 60;
    private static final Limits LIMITS = new Limits(4, 3, 20, VideoCodec.VP8);

    private final long seed =
            Optional.ofNullable(Long.getLong("grandstand.seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final RandomCommands commands = new RandomCommands(random);
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /** One room, what happened in it since it last opened, and what is stored of it. */
    private static final class Simulated {
        private final StoredRoom stored;
        private final List<Happened> history = new ArrayList<>();

        Simulated(int n) {
            stored = new StoredRoom(new RoomId("room-" + n));
        }
    }

    private record Happened(RoomEvent event, Instant at) {}

    @Test
    void whateverPeopleDoRoomsStaySound() throws Exception {
        System.out.println("room simulation, seed " + seed);
        var began = System.nanoTime();
        var rooms = IntStream.range(0, ROOMS).mapToObj(Simulated::new).toList();
        for (int n = 0; n < COMMANDS; n++) {
            var simulated = rooms.get(random.nextInt(ROOMS));
            var before = simulated.stored.room();
            var next = commands.next(before);
            var command = new CommandRecord<>(
                    new CommandId("c" + n), before.id(), commands.sender(before, next), Instant.ofEpochMilli(n), next);
            var events = List.<RoomEvent>of();
            try {
                events = before.decide(command, LIMITS).events();
                simulated.stored.apply(events, command.at());
                check(before, command, events, simulated, n);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", command " + n + ": " + command + " led to " + events, e);
            }
            count(command.command(), events);
        }
        System.out.println(COMMANDS + " commands in " + (System.nanoTime() - began) / 1_000_000 + " ms: " + outcomes);
        assertThat(outcomes.keySet()).containsAll(everyKindCarriedOut());
    }

    private void check(
            Room before, CommandRecord<RoomCommand> command, List<RoomEvent> events, Simulated simulated, int n)
            throws Exception {
        var room = simulated.stored.room();
        Soundness.check(before, command, events, room, LIMITS);
        must(simulated.stored.parts().size() == Soundness.parts(room), "one stored entry for each part");
        events.forEach(event -> simulated.history.add(new Happened(event, command.at())));
        if (n % 50 == 0) {
            assertThat(before.decide(command, LIMITS).events()).isEqualTo(events);
            assertThat(simulated.stored.restored()).isEqualTo(room);
        }
        if (n % 1_000 == 0 || (room.isClosed() && n % 20 == 0)) {
            assertThat(replayed(simulated)).isEqualTo(room);
        }
        if (room.isClosed() && !before.isClosed()) {
            assertThat(room).isEqualTo(Room.closed(room.id()));
            simulated.history.clear();
        }
    }

    private static Room replayed(Simulated simulated) {
        var room = Room.closed(simulated.stored.room().id());
        for (var happened : simulated.history) {
            room = room.evolve(happened.event(), happened.at());
        }
        return room;
    }

    private void count(RoomCommand command, List<RoomEvent> events) {
        var outcome = events.getLast() instanceof RoomEvent.CommandRefused refused ? refused.code() : "ok";
        outcomes.merge(command.getClass().getSimpleName() + " " + outcome, 1, Integer::sum);
    }

    private static List<String> everyKindCarriedOut() {
        return IntStream.range(0, RandomCommands.KINDS.size())
                .mapToObj(kind -> RandomCommands.KINDS.get(kind).getSimpleName() + " ok")
                .toList();
    }

    static void must(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
