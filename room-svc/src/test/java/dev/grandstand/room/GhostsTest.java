package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static dev.grandstand.room.RoomScenario.ROOM;
import static dev.grandstand.room.RoomScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GhostsTest {

    private static final InstanceId SELF = new InstanceId("room.self");
    private static final InstanceId LOST = new InstanceId("signaling.lost");
    private static final InstanceId WELL = new InstanceId("signaling.well");

    private final Ghosts ghosts = new Ghosts(SELF, LOST::equals, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void whoeverALostInstanceHeldLeavesAndNobodyElse() {
        var room = given(
                        new RoomEvent.RoomOpened("My show"),
                        new RoomEvent.ParticipantJoined(RoomTest.viewer("ann"), LOST, 1),
                        new RoomEvent.ParticipantJoined(RoomTest.viewer("bob"), WELL, 2))
                .room();
        var commands = ghosts.leaving(List.of(room));
        assertThat(commands).singleElement().satisfies(command -> {
            assertThat(command.room()).isEqualTo(ROOM);
            assertThat(command.from()).isEqualTo(SELF);
            assertThat(command.at()).isEqualTo(NOON);
            assertThat(command.command())
                    .isEqualTo(new RoomCommand.Leave(RoomTest.viewer("ann").id(), LeaveReason.INSTANCE_LOST));
        });
    }

    @Test
    void whoeverCameBackThroughAnotherInstanceStays() {
        var room = given(
                        new RoomEvent.RoomOpened("My show"),
                        new RoomEvent.ParticipantJoined(RoomTest.viewer("ann"), LOST, 1),
                        new RoomEvent.ParticipantJoined(RoomTest.viewer("ann"), WELL, 1))
                .room();
        assertThat(ghosts.leaving(List.of(room))).isEmpty();
    }

    @Test
    void aCrowdLeavesInSeveralGoes() {
        var events = new ArrayList<RoomEvent>(List.of(new RoomEvent.RoomOpened("My show")));
        IntStream.rangeClosed(1, Ghosts.AT_ONCE + 1)
                .forEach(n -> events.add(new RoomEvent.ParticipantJoined(RoomTest.viewer("v" + n), LOST, n)));
        var room = given(events.toArray(RoomEvent[]::new)).room();
        var first = ghosts.leaving(List.of(room));
        assertThat(first).hasSize(Ghosts.AT_ONCE);
        for (CommandRecord<RoomCommand> command : first) {
            for (var event : room.decide(command).events()) {
                room = room.evolve(event, NOON);
            }
        }
        assertThat(ghosts.leaving(List.of(room))).hasSize(1);
    }
}
