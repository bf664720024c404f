package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static dev.grandstand.room.RoomScenario.ROOM;
import static dev.grandstand.room.RoomScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GhostsTest {

    private static final InstanceId SELF = new InstanceId("room.self");
    private static final InstanceId LOST = new InstanceId("signaling.lost");
    private static final InstanceId WELL = new InstanceId("signaling.well");
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Participant ANN = RoomTest.viewer("ann");
    private static final Participant BOB = RoomTest.viewer("bob");

    @Test
    void whoeverALostInstanceHeldIsDisconnectedAndNobodyElse() {
        var room = given(
                        new RoomEvent.RoomOpened("My show", VideoCodec.VP8),
                        RoomTest.joined(ANN, LOST, 1),
                        RoomTest.joined(BOB, WELL, 2))
                .room();
        assertThat(at(NOON).due(List.of(room))).singleElement().satisfies(command -> {
            assertThat(command.room()).isEqualTo(ROOM);
            assertThat(command.from()).isEqualTo(SELF);
            assertThat(command.at()).isEqualTo(NOON);
            assertThat(command.command()).isEqualTo(new RoomCommand.Disconnect(ANN.id(), RoomTest.connection(ANN)));
        });
    }

    @Test
    void whoeverCameBackThroughAnotherInstanceStays() {
        var room = given(
                        new RoomEvent.RoomOpened("My show", VideoCodec.VP8),
                        RoomTest.joined(ANN, LOST, 1),
                        new RoomEvent.ParticipantResumed(
                                ANN.id(), new ConnectionId("ann-2"), RoomTest.connection(ANN), WELL))
                .room();
        assertThat(at(NOON).due(List.of(room))).isEmpty();
    }

    @Test
    void whoeverDoesNotComeBackExpiresAfterTheGraceTime() {
        var room = given(
                        new RoomEvent.RoomOpened("My show", VideoCodec.VP8),
                        RoomTest.joined(ANN, WELL, 1),
                        new RoomEvent.ParticipantDisconnected(ANN.id()))
                .room();
        assertThat(at(NOON.plus(GRACE).minusMillis(1)).due(List.of(room))).isEmpty();
        assertThat(at(NOON.plus(GRACE)).due(List.of(room)))
                .singleElement()
                .satisfies(command -> assertThat(command.command()).isEqualTo(new RoomCommand.Expire(ANN.id(), NOON)));
    }

    @Test
    void aCrowdIsDisconnectedInSeveralGoes() {
        var events = new ArrayList<RoomEvent>(List.of(new RoomEvent.RoomOpened("My show", VideoCodec.VP8)));
        IntStream.rangeClosed(1, Ghosts.AT_ONCE + 1)
                .forEach(n -> events.add(RoomTest.joined(RoomTest.viewer("v" + n), LOST, n)));
        var room = given(events.toArray(RoomEvent[]::new)).room();
        var first = at(NOON).due(List.of(room));
        assertThat(first).hasSize(Ghosts.AT_ONCE);
        for (CommandRecord<RoomCommand> command : first) {
            for (var event : room.decide(command, Limits.DEFAULT).events()) {
                room = room.evolve(event, NOON);
            }
        }
        assertThat(at(NOON).due(List.of(room))).hasSize(1);
    }

    private static Ghosts at(Instant now) {
        return new Ghosts(SELF, LOST::equals, GRACE, Clock.fixed(now, ZoneOffset.UTC));
    }
}
