package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static dev.grandstand.room.RoomScenario.given;
import static dev.grandstand.room.RoomTest.source;
import static dev.grandstand.room.RoomTest.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No event exists that a room cannot replay. */
class RoomReplayTest {

    private static final InstanceId A = new InstanceId("signaling.a");
    private static final InstanceId B = new InstanceId("signaling.b");
    private static final Participant ANN = viewer("ann");
    private static final Stream CAMERA = new Stream(new StreamId("camera"), ANN.id(), StreamKind.CAMERA, source("e1"));

    private static final RoomEvent OPENED = new RoomEvent.RoomOpened("My show", VideoCodec.VP8);
    private static final RoomEvent JOINED = RoomTest.joined(ANN, A, 1);
    private static final RoomEvent STARTED = new RoomEvent.StreamStarted(CAMERA, ANN.name());

    private static final RoomEvent DISCONNECTED = new RoomEvent.ParticipantDisconnected(ANN.id());
    private static final RoomEvent BANNED = new RoomEvent.ParticipantBanned(ANN.id(), new ClientKey("user-17"));
    private static final RoomEvent RAISED = new RoomEvent.HandRaised(ANN);
    private static final RoomEvent INVITED = new RoomEvent.ParticipantInvited(ANN.as(Role.PRESENTER));

    /** An event and a room in which it may happen. */
    private record Sample(RoomEvent event, boolean changesTheRoom, RoomEvent... before) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(OPENED, true),
            new Sample(new RoomEvent.RoomWentLive(), true, OPENED, JOINED, STARTED),
            new Sample(new RoomEvent.RoomLocked(true), true, OPENED),
            new Sample(new RoomEvent.RoomClosed(CloseReason.EMPTY), true, OPENED),
            new Sample(new RoomEvent.RoomClosed(CloseReason.CLOSED), true, OPENED, JOINED, STARTED, BANNED),
            new Sample(DISCONNECTED, true, OPENED, JOINED),
            new Sample(
                    new RoomEvent.ParticipantResumed(ANN.id(), new ConnectionId("ann-2"), RoomTest.connection(ANN), B),
                    true,
                    OPENED,
                    JOINED,
                    DISCONNECTED),
            new Sample(BANNED, true, OPENED, JOINED),
            new Sample(new RoomEvent.ParticipantMuted(ANN.id(), Mutable.CHAT, true), true, OPENED, JOINED),
            new Sample(RAISED, true, OPENED, JOINED),
            new Sample(new RoomEvent.HandLowered(ANN.id()), true, OPENED, JOINED, RAISED),
            new Sample(INVITED, true, OPENED, JOINED, RAISED),
            new Sample(new RoomEvent.ParticipantSteppedDown(ANN.id(), false), true, OPENED, JOINED, INVITED),
            new Sample(
                    new RoomEvent.StreamMuted(CAMERA.id(), new Stream.Muted(true, false)),
                    true,
                    OPENED,
                    JOINED,
                    STARTED),
            new Sample(JOINED, true, OPENED),
            new Sample(new RoomEvent.ParticipantLeft(ANN.id(), LeaveReason.LEFT, 0), true, OPENED, JOINED),
            new Sample(new RoomEvent.ParticipantRenamed(ANN.id(), new DisplayName("Anna")), true, OPENED, JOINED),
            new Sample(STARTED, true, OPENED, JOINED),
            new Sample(
                    new RoomEvent.StreamMoved(CAMERA.id(), ANN.id(), CAMERA.source(), RoomTest.source("elsewhere")),
                    true,
                    OPENED,
                    JOINED,
                    STARTED),
            new Sample(
                    new RoomEvent.StreamStopped(CAMERA.id(), ANN.id(), StopReason.UNPUBLISHED),
                    true,
                    OPENED,
                    JOINED,
                    STARTED),
            // Told to somebody; nothing about the room is new.
            new Sample(RoomTest.described(ANN, List.of(ANN), List.of(), 1), false, OPENED, JOINED),
            new Sample(new RoomEvent.PeopleListed(List.of(ANN), null, 1), false, OPENED, JOINED),
            new Sample(new RoomEvent.Announced(new Notice("maintenance at noon")), false, OPENED, JOINED),
            new Sample(new RoomEvent.CommandRefused("not-found", "nobody"), false, OPENED, JOINED));

    @Test
    void everyEventHasASample() {
        assertThat(SAMPLES)
                .extracting(sample -> (Object) sample.event().getClass())
                .containsOnly((Object[]) RoomEvent.class.getPermittedSubclasses());
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyEventCanBeReplayed() {
        return SAMPLES.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.event().toString(), () -> {
                    var before = given(sample.before()).room();
                    var after = before.evolve(sample.event(), NOON);
                    assertThat(after.equals(before)).isEqualTo(!sample.changesTheRoom());
                }));
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyEventTouchesThePartsThatItChanges() {
        return SAMPLES.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.event().toString(), () -> {
                    var stored = new StoredRoom(RoomScenario.ROOM);
                    for (var event : sample.before()) {
                        stored.apply(List.of(event), NOON);
                    }
                    stored.apply(List.of(sample.event()), NOON);
                    assertThat(stored.restored())
                            .isEqualTo(
                                    given(sample.before()).and(sample.event()).room());
                }));
    }
}
