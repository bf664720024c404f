package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.ROOM;
import static dev.grandstand.room.RoomScenario.given;
import static dev.grandstand.room.RoomScenario.givenNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.room.RoomCommand.Join;
import dev.grandstand.protocol.room.RoomCommand.Leave;
import dev.grandstand.protocol.room.RoomCommand.Rename;
import dev.grandstand.protocol.room.RoomCommand.StartStream;
import dev.grandstand.protocol.room.RoomCommand.StopStream;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.protocol.room.RoomEvent.ParticipantJoined;
import dev.grandstand.protocol.room.RoomEvent.ParticipantLeft;
import dev.grandstand.protocol.room.RoomEvent.ParticipantRenamed;
import dev.grandstand.protocol.room.RoomEvent.RoomClosed;
import dev.grandstand.protocol.room.RoomEvent.RoomDescribed;
import dev.grandstand.protocol.room.RoomEvent.RoomOpened;
import dev.grandstand.protocol.room.RoomEvent.RoomWentLive;
import dev.grandstand.protocol.room.RoomEvent.StreamStarted;
import dev.grandstand.protocol.room.RoomEvent.StreamStopped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final InstanceId A = new InstanceId("signaling.a");
    private static final InstanceId B = new InstanceId("signaling.b");
    private static final Participant ANN = viewer("ann");
    private static final Participant BOB = viewer("bob");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final StreamId SCREEN = new StreamId("screen");

    private static final RoomEvent OPENED = new RoomOpened("My show");
    private static final RoomEvent ANN_IN = new ParticipantJoined(ANN, A, 1);
    private static final RoomEvent BOB_IN = new ParticipantJoined(BOB, A, 2);
    private static final RoomEvent ANN_ON_CAMERA = started(CAMERA, ANN, "e1");
    private static final RoomEvent LIVE = new RoomWentLive();

    @Nested
    class Joining {

        @Test
        void theFirstOneOpensTheRoomAndIsToldWhatIsThere() {
            givenNothing()
                    .when(join(ANN, "My show", A))
                    .then(OPENED, ANN_IN, new RoomDescribed(ANN.id(), "My show", List.of(ANN), List.of(), 1));
        }

        @Test
        void aRoomWithoutATitleIsCalledByItsId() {
            for (var title : new String[] {null, " "}) {
                givenNothing()
                        .when(join(ANN, title, A))
                        .then(
                                new RoomOpened("main-stage"),
                                ANN_IN,
                                new RoomDescribed(ANN.id(), "main-stage", List.of(ANN), List.of(), 1));
            }
        }

        @Test
        void whoComesLaterFindsPeopleAndStreamsAndCannotChangeTheTitle() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(join(BOB, "Bob's show", A))
                    .then(
                            BOB_IN,
                            new RoomDescribed(
                                    BOB.id(),
                                    "My show",
                                    List.of(ANN.as(Role.PRESENTER), BOB),
                                    List.of(stream(CAMERA, ANN, "e1")),
                                    2));
        }

        @Test
        void twiceIsHarmless() {
            given(OPENED, ANN_IN)
                    .when(join(ANN, null, A))
                    .then(new RoomDescribed(ANN.id(), "My show", List.of(ANN), List.of(), 1));
        }

        @Test
        void throughAnotherInstanceTellsWhoHoldsTheConnectionNow() {
            var moved = given(OPENED, ANN_IN, BOB_IN)
                    .when(join(ANN, null, B))
                    .then(
                            new ParticipantJoined(ANN, B, 2),
                            new RoomDescribed(ANN.id(), "My show", List.of(ANN, BOB), List.of(), 2))
                    .room();
            assertThat(moved.participants().get(ANN.id()).instance()).isEqualTo(B);
        }

        @Test
        void aRoomOfTwoHundredIsDescribedByNameAndALargerOneByItsPresenters() {
            var full = new ArrayList<>(List.of(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE));
            IntStream.rangeClosed(2, 199).forEach(n -> full.add(new ParticipantJoined(viewer("viewer-" + n), A, n)));
            var twoHundred = given(full.toArray(RoomEvent[]::new)).when(join(BOB, null, A));
            assertThat(described(twoHundred)).satisfies(room -> {
                assertThat(room.roster()).hasSize(200);
                assertThat(room.audience()).isEqualTo(200);
            });

            full.add(new ParticipantJoined(BOB, A, 200));
            var larger = given(full.toArray(RoomEvent[]::new)).when(join(viewer("late"), null, A));
            assertThat(described(larger)).satisfies(room -> {
                assertThat(room.roster()).containsExactly(ANN.as(Role.PRESENTER));
                assertThat(room.audience()).isEqualTo(201);
            });
        }

        private static RoomDescribed described(RoomScenario.Outcome outcome) {
            return (RoomDescribed) outcome.events().getLast();
        }
    }

    @Nested
    class Leaving {

        @Test
        void endsOnesStreams() {
            given(OPENED, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE)
                    .and(started(SCREEN, ANN, "e2"))
                    .when(new Leave(ANN.id(), LeaveReason.DISCONNECTED))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new StreamStopped(SCREEN, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.DISCONNECTED, 1));
        }

        @Test
        void asTheLastOneClosesTheRoomOfWhichNothingIsLeft() {
            var after = given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(new Leave(ANN.id(), LeaveReason.LEFT))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.LEFT, 0),
                            new RoomClosed())
                    .room();
            assertThat(after).isEqualTo(Room.closed(ROOM));
        }

        @Test
        void twiceOrUnknownIsRefused() {
            givenNothing().when(new Leave(ANN.id(), LeaveReason.LEFT)).thenRefused("not-found");
            given(OPENED, ANN_IN)
                    .when(new Leave(BOB.id(), LeaveReason.INSTANCE_LOST))
                    .thenRefused("not-found");
        }

        @Test
        void aClosedRoomOpensAgainUnderAnotherTitle() {
            given(OPENED, ANN_IN, new ParticipantLeft(ANN.id(), LeaveReason.LEFT, 0), new RoomClosed())
                    .when(join(BOB, "Second show", B))
                    .then(
                            new RoomOpened("Second show"),
                            new ParticipantJoined(BOB, B, 1),
                            new RoomDescribed(BOB.id(), "Second show", List.of(BOB), List.of(), 1));
        }
    }

    @Nested
    class Renaming {

        private static final DisplayName ANNA = new DisplayName("Anna");

        @Test
        void isSeenByWhoeverComesNext() {
            var renamed = given(OPENED, ANN_IN)
                    .when(new Rename(ANN.id(), ANNA))
                    .then(new ParticipantRenamed(ANN.id(), ANNA))
                    .room();
            new RoomScenario(renamed)
                    .when(join(BOB, null, A))
                    .then(
                            BOB_IN,
                            new RoomDescribed(BOB.id(), "My show", List.of(ANN.renamed(ANNA), BOB), List.of(), 2));
        }

        @Test
        void somebodyWhoIsNotThereIsRefused() {
            given(OPENED, ANN_IN).when(new Rename(BOB.id(), ANNA)).thenRefused("not-found");
        }
    }

    @Nested
    class Streaming {

        @Test
        void theFirstStreamMakesTheRoomLiveAndItsOwnerAPresenter() {
            var live = given(OPENED, ANN_IN)
                    .when(start(ANN, CAMERA, "e1"))
                    .then(ANN_ON_CAMERA, LIVE)
                    .room();
            assertThat(live.participants().get(ANN.id()).participant().role()).isEqualTo(Role.PRESENTER);
        }

        @Test
        void laterStreamsDoNotMakeItLiveAgain() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(start(ANN, SCREEN, "e2"))
                    .then(started(SCREEN, ANN, "e2"));
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE, new StreamStopped(CAMERA, ANN.id(), StopReason.UNPUBLISHED))
                    .when(start(ANN, CAMERA, "e2"))
                    .then(started(CAMERA, ANN, "e2"));
        }

        @Test
        void aNewSourceReplacesTheFormerStream() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(start(ANN, CAMERA, "e2"))
                    .then(new StreamStopped(CAMERA, ANN.id(), StopReason.UNPUBLISHED), started(CAMERA, ANN, "e2"));
        }

        @Test
        void theSameSourceAgainReplacesNothing() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(start(ANN, CAMERA, "e1"))
                    .then(ANN_ON_CAMERA);
        }

        @Test
        void anIdThatSomebodyElseUsesIsTaken() {
            given(OPENED, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE)
                    .when(start(BOB, CAMERA, "e2"))
                    .thenRefused("stream-taken");
        }

        @Test
        void onlyWhoIsThereMayPublish() {
            given(OPENED, ANN_IN).when(start(BOB, CAMERA, "e1")).thenRefused("not-found");
            givenNothing().when(start(BOB, CAMERA, "e1")).thenRefused("not-found");
        }

        @Test
        void itsOwnerStopsItForTheReasonGiven() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(new StopStream(ANN.id(), CAMERA, StopReason.MEDIA_LOST))
                    .then(new StreamStopped(CAMERA, ANN.id(), StopReason.MEDIA_LOST));
        }

        @Test
        void nobodyElseStopsItNorWhatIsNotThere() {
            var live = given(OPENED, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE);
            live.when(new StopStream(BOB.id(), CAMERA, StopReason.UNPUBLISHED)).thenRefused("unknown-stream");
            live.when(new StopStream(ANN.id(), SCREEN, StopReason.UNPUBLISHED)).thenRefused("unknown-stream");
            givenNothing()
                    .when(new StopStream(ANN.id(), CAMERA, StopReason.UNPUBLISHED))
                    .thenRefused("unknown-stream");
        }
    }

    static Participant viewer(String id) {
        return new Participant(new ParticipantId(id), new DisplayName(id), Role.VIEWER);
    }

    static Join join(Participant who, String title, InstanceId instance) {
        return new Join(who.id(), who.name(), who.role(), title, instance);
    }

    static StartStream start(Participant who, StreamId stream, String endpoint) {
        return new StartStream(who.id(), stream, StreamKind.CAMERA, source(endpoint));
    }

    static Stream stream(StreamId stream, Participant who, String endpoint) {
        return new Stream(stream, who.id(), StreamKind.CAMERA, source(endpoint));
    }

    static StreamStarted started(StreamId stream, Participant who, String endpoint) {
        return new StreamStarted(stream(stream, who, endpoint), who.name());
    }

    static MediaLocation source(String endpoint) {
        return new MediaLocation(
                new NodeRef(new NodeId("node-1"), URI.create("ws://localhost:8888/kurento")), "pipeline-1", endpoint);
    }
}
