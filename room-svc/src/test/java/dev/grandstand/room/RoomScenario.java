package dev.grandstand.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.List;

/** {@code given(events).when(command).then(events)}. */
record RoomScenario(Room room) {

    static final RoomId ROOM = new RoomId("main-stage");
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    static RoomScenario givenNothing() {
        return new RoomScenario(Room.closed(ROOM));
    }

    static RoomScenario given(RoomEvent... events) {
        var room = Room.closed(ROOM);
        for (var event : events) {
            room = room.evolve(event, NOON);
        }
        return new RoomScenario(room);
    }

    RoomScenario and(RoomEvent... events) {
        var next = room;
        for (var event : events) {
            next = next.evolve(event, NOON);
        }
        return new RoomScenario(next);
    }

    Outcome when(RoomCommand command) {
        return new Outcome(room, room.decide(record(command), Limits.DEFAULT).events());
    }

    static CommandRecord<RoomCommand> record(RoomCommand command) {
        return new CommandRecord<>(new CommandId("c1"), ROOM, new InstanceId("signaling.a"), NOON, command);
    }

    record Outcome(Room before, List<RoomEvent> events) {

        Outcome then(RoomEvent... expected) {
            assertThat(events).containsExactly(expected);
            return this;
        }

        Outcome thenRefused(String code) {
            assertThat(events).singleElement().isInstanceOfSatisfying(RoomEvent.CommandRefused.class, refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertThat(refused.message()).isNotBlank();
            });
            return this;
        }

        Room room() {
            return new RoomScenario(before)
                    .and(events.toArray(RoomEvent[]::new))
                    .room();
        }
    }
}
