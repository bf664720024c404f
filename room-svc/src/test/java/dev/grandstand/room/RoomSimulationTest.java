package dev.grandstand.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random commands over many rooms, with what must always hold checked after each of them. A failure is repeated with
 * {@code -Dgrandstand.seed=<the seed it printed>}.
 */
class RoomSimulationTest {

    private static final int COMMANDS = 150_000;
    private static final int ROOMS = 40;
    private static final int PEOPLE = 12;
    private static final int STREAMS = 6;

    private final long seed =
            Optional.ofNullable(Long.getLong("grandstand.seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);

    /** One room, everything that happened in it since it last opened, and what is stored of it. */
    private static final class Simulated {
        private final StoredRoom stored;
        private final List<RoomEvent> history = new ArrayList<>();

        Simulated(int n) {
            stored = new StoredRoom(new RoomId("room-" + n));
        }
    }

    @Test
    void whateverPeopleDoRoomsStaySound() throws Exception {
        System.out.println("room simulation, seed " + seed);
        var rooms = IntStream.range(0, ROOMS).mapToObj(Simulated::new).toList();
        for (int n = 0; n < COMMANDS; n++) {
            var simulated = rooms.get(random.nextInt(ROOMS));
            var before = simulated.stored.room();
            var command = new CommandRecord<>(
                    new CommandId("c" + n), before.id(), instance(), Instant.ofEpochMilli(n), command());
            var events = before.decide(command).events();
            simulated.stored.apply(events, command.at());
            simulated.history.addAll(events);
            try {
                check(before, command, events, simulated, n);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", command " + n + ": " + command + " led to " + events, e);
            }
        }
    }

    private void check(
            Room before, CommandRecord<RoomCommand> command, List<RoomEvent> events, Simulated simulated, int n)
            throws Exception {
        var room = simulated.stored.room();
        assertThat(events).isNotEmpty();
        assertThat(before.decide(command).events()).isEqualTo(events);
        for (var stream : room.streams().values()) {
            assertThat(room.participants()).containsKey(stream.participant());
            assertThat(room.lifecycle()).isInstanceOf(Lifecycle.Live.class);
        }
        assertThat(room.isClosed()).isEqualTo(room.participants().isEmpty());
        audienceTold(events).ifPresent(told -> assertThat(told)
                .isEqualTo(room.participants().size()));
        if (room.isClosed()) {
            assertThat(room).isEqualTo(Room.closed(room.id()));
            assertThat(simulated.stored.parts()).isEmpty();
        } else {
            assertThat(simulated.stored.parts())
                    .hasSize(1 + room.participants().size() + room.streams().size());
        }
        if (n % 20 == 0) {
            assertThat(simulated.stored.restored()).isEqualTo(room);
        }
        if (room.isClosed() || n % 200 == 0) {
            assertThat(replayed(simulated).participants()).isEqualTo(room.participants());
            assertThat(replayed(simulated).streams()).isEqualTo(room.streams());
        }
        if (room.isClosed()) {
            simulated.history.clear();
        }
    }

    private static Optional<Integer> audienceTold(List<RoomEvent> events) {
        return events.stream()
                .flatMap(event -> switch (event) {
                    case RoomEvent.ParticipantJoined joined -> Optional.of(joined.audience()).stream();
                    case RoomEvent.ParticipantLeft left -> Optional.of(left.audience()).stream();
                    case RoomEvent.RoomDescribed described -> Optional.of(described.audience()).stream();
                    default -> Optional.<Integer>empty().stream();
                })
                .reduce((first, last) -> last);
    }

    private static Room replayed(Simulated simulated) {
        var room = Room.closed(simulated.stored.room().id());
        for (var event : simulated.history) {
            room = room.evolve(event, Instant.EPOCH);
        }
        return room;
    }

    private RoomCommand command() {
        var who = new ParticipantId("p" + random.nextInt(PEOPLE));
        var stream = new StreamId("s" + random.nextInt(STREAMS));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                new RoomCommand.Join(who, new DisplayName("n" + random.nextInt(9)), Role.VIEWER, null, instance());
            case 3, 4 -> new RoomCommand.Leave(who, any(LeaveReason.values()));
            case 5 -> new RoomCommand.Rename(who, new DisplayName("n" + random.nextInt(9)));
            case 6, 7, 8 ->
                new RoomCommand.StartStream(
                        who, stream, any(StreamKind.values()), RoomTest.source("e" + random.nextInt(3)));
            default -> new RoomCommand.StopStream(who, stream, any(StopReason.values()));
        };
    }

    private InstanceId instance() {
        return new InstanceId("signaling." + random.nextInt(3));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
