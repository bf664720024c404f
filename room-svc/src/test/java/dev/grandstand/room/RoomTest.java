package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.ROOM;
import static dev.grandstand.room.RoomScenario.given;
import static dev.grandstand.room.RoomScenario.givenNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Standing;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
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
import java.time.Instant;
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

    private static final RoomEvent OPENED = new RoomOpened("My show", VideoCodec.VP8);
    private static final RoomEvent ANN_IN = joined(ANN, A, 1);
    private static final RoomEvent BOB_IN = joined(BOB, A, 2);
    private static final RoomEvent ANN_ON_CAMERA = started(CAMERA, ANN, "e1");
    private static final RoomEvent LIVE = new RoomWentLive();

    @Nested
    class Joining {

        @Test
        void theFirstOneOpensTheRoomAndIsToldWhatIsThere() {
            givenNothing()
                    .when(join(ANN, "My show", A))
                    .then(OPENED, opener(ANN, A), describedToOpener("My show", ANN));
        }

        @Test
        void aRoomWithoutATitleIsCalledByItsId() {
            for (var title : new String[] {null, " "}) {
                givenNothing()
                        .when(join(ANN, title, A))
                        .then(
                                new RoomOpened("main-stage", VideoCodec.VP8),
                                opener(ANN, A),
                                describedToOpener("main-stage", ANN));
            }
        }

        @Test
        void whoComesLaterFindsPeopleAndStreamsAndCannotChangeTheTitle() {
            given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(join(BOB, "Bob's show", A))
                    .then(
                            BOB_IN,
                            described(
                                    BOB, List.of(ANN.as(Role.PRESENTER), BOB), List.of(stream(CAMERA, ANN, "e1")), 2));
        }

        @Test
        void twiceIsHarmless() {
            given(OPENED, ANN_IN).when(join(ANN, null, A)).then(described(ANN, List.of(ANN), List.of(), 1));
        }

        @Test
        void againOverAnotherConnectionIsRefused() {
            given(OPENED, ANN_IN)
                    .when(new Join(ANN.id(), ANN.name(), Role.VIEWER, null, null, new ConnectionId("x"), A, null, null))
                    .thenRefused("already-joined");
        }

        @Test
        void aTokenSaysWhatOneMayAndWhoeverOpensTheRoomIsNoMoreThanThat() {
            var grants = new Grants(false, true, false);
            givenNothing()
                    .when(join(ANN, Role.MODERATOR, grants))
                    .then(
                            new RoomOpened("main-stage", VideoCodec.VP8),
                            new ParticipantJoined(ANN, connection(ANN), A, grants, null, 1),
                            new RoomDescribed(
                                    ANN,
                                    new Standing(false, true, false, false, false, false),
                                    "main-stage",
                                    false,
                                    VideoCodec.VP8,
                                    List.of(ANN),
                                    List.of(),
                                    List.of(),
                                    1));
        }

        @Test
        void aRoleIsHadAsFarAsTheGrantsGo() {
            assertThat(roleOf(Role.PRESENTER, new Grants(true, true, false))).isEqualTo(Role.PRESENTER);
            assertThat(roleOf(Role.PRESENTER, new Grants(false, true, false))).isEqualTo(Role.VIEWER);
            assertThat(roleOf(Role.MODERATOR, new Grants(true, true, false))).isEqualTo(Role.VIEWER);
            assertThat(roleOf(Role.VIEWER, new Grants(true, true, true))).isEqualTo(Role.MODERATOR);
        }

        private static Role roleOf(Role wished, Grants grants) {
            var joined = (ParticipantJoined)
                    givenNothing().when(join(ANN, wished, grants)).events().get(1);
            return joined.participant().role();
        }

        @Test
        void aRoomOfTwoHundredIsDescribedByNameAndALargerOneByItsPresenters() {
            var full = new ArrayList<>(List.of(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE));
            IntStream.rangeClosed(2, 199).forEach(n -> full.add(joined(viewer("viewer-" + n), A, n)));
            var twoHundred = given(full.toArray(RoomEvent[]::new)).when(join(BOB, null, A));
            assertThat(last(twoHundred)).satisfies(room -> {
                assertThat(room.roster()).hasSize(200);
                assertThat(room.audience()).isEqualTo(200);
            });

            full.add(joined(BOB, A, 200));
            var larger = given(full.toArray(RoomEvent[]::new)).when(join(viewer("late"), null, A));
            assertThat(last(larger)).satisfies(room -> {
                assertThat(room.roster()).containsExactly(ANN.as(Role.PRESENTER));
                assertThat(room.audience()).isEqualTo(201);
            });
        }

        private static RoomDescribed last(RoomScenario.Outcome outcome) {
            return (RoomDescribed) outcome.events().getLast();
        }
    }

    @Nested
    class Leaving {

        @Test
        void endsOnesStreams() {
            given(OPENED, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE)
                    .and(started(SCREEN, ANN, "e2"))
                    .when(new Leave(ANN.id(), connection(ANN), LeaveReason.DISCONNECTED))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new StreamStopped(SCREEN, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.DISCONNECTED, 1));
        }

        @Test
        void asTheLastOneClosesTheRoomOfWhichNothingIsLeft() {
            var after = given(OPENED, ANN_IN, ANN_ON_CAMERA, LIVE)
                    .when(new Leave(ANN.id(), connection(ANN), LeaveReason.LEFT))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.LEFT, 0),
                            new RoomClosed(CloseReason.EMPTY))
                    .room();
            assertThat(after).isEqualTo(Room.closed(ROOM));
        }

        @Test
        void twiceOrUnknownIsRefused() {
            givenNothing()
                    .when(new Leave(ANN.id(), connection(ANN), LeaveReason.LEFT))
                    .thenRefused("not-found");
            given(OPENED, ANN_IN)
                    .when(new Leave(BOB.id(), connection(BOB), LeaveReason.DISCONNECTED))
                    .thenRefused("not-found");
        }

        @Test
        void overAConnectionThatIsOverIsStale() {
            given(OPENED, ANN_IN)
                    .when(new Leave(ANN.id(), new ConnectionId("before"), LeaveReason.LEFT))
                    .thenRefused("stale");
        }

        @Test
        void aClosedRoomOpensAgainUnderAnotherTitle() {
            given(OPENED, ANN_IN, new ParticipantLeft(ANN.id(), LeaveReason.LEFT, 0), new RoomClosed(CloseReason.EMPTY))
                    .when(join(BOB, "Second show", B))
                    .then(
                            new RoomOpened("Second show", VideoCodec.VP8),
                            opener(BOB, B),
                            describedToOpener("Second show", BOB));
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
                    .then(BOB_IN, described(BOB, List.of(ANN.renamed(ANNA), BOB), List.of(), 2));
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
            assertThat(live.people().present(ANN.id()).guest().participant().role())
                    .isEqualTo(Role.PRESENTER);
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
                    .when(new StopStream(ANN.id(), CAMERA, null, StopReason.MEDIA_LOST))
                    .then(new StreamStopped(CAMERA, ANN.id(), StopReason.MEDIA_LOST));
        }

        @Test
        void nobodyElseStopsItNorWhatIsNotThere() {
            var live = given(OPENED, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE);
            live.when(new StopStream(BOB.id(), CAMERA, null, StopReason.UNPUBLISHED))
                    .thenRefused("unknown-stream");
            live.when(new StopStream(ANN.id(), SCREEN, null, StopReason.UNPUBLISHED))
                    .thenRefused("unknown-stream");
            givenNothing()
                    .when(new StopStream(ANN.id(), CAMERA, null, StopReason.UNPUBLISHED))
                    .thenRefused("unknown-stream");
        }
    }

    @Nested
    class Video {

        @Test
        void isAsWhoeverOpensTheRoomSaysForAsLongAsItLives() {
            var opened = new RoomOpened("My show", VideoCodec.H264);
            var bob = new Join(BOB.id(), BOB.name(), BOB.role(), null, VideoCodec.VP8, connection(BOB), A, null, null);

            assertThat(given(opened, ANN_IN).when(bob).events())
                    .filteredOn(RoomDescribed.class::isInstance)
                    .extracting(event -> ((RoomDescribed) event).video())
                    .containsExactly(VideoCodec.H264);
        }

        @Test
        void isTheInstallationsWhereNobodySays() {
            var limits = Limits.of(16, VideoCodec.H264);

            assertThat(new VisitRules(Room.closed(new RoomId("main-stage")), limits, Instant.EPOCH)
                            .decide(join(ANN, "My show", A))
                            .events())
                    .contains(new RoomOpened("My show", VideoCodec.H264));
        }
    }

    static Participant viewer(String id) {
        return new Participant(new ParticipantId(id), new DisplayName(id), Role.VIEWER);
    }

    static Join join(Participant who, String title, InstanceId instance) {
        return new Join(who.id(), who.name(), who.role(), title, null, connection(who), instance, null, null);
    }

    static Join join(Participant who, Role wished, Grants grants) {
        return new Join(who.id(), who.name(), wished, null, null, connection(who), A, grants, null);
    }

    /** The first connection of somebody. */
    static ConnectionId connection(Participant who) {
        return new ConnectionId(who.id() + "-1");
    }

    static ParticipantJoined joined(Participant who, InstanceId instance, int audience) {
        return new ParticipantJoined(who, connection(who), instance, Grants.OPEN, null, audience);
    }

    static ParticipantJoined opener(Participant who, InstanceId instance) {
        return new ParticipantJoined(
                who.as(Role.MODERATOR), connection(who), instance, Grants.OPEN.moderating(), null, 1);
    }

    static RoomDescribed describedToOpener(String title, Participant who) {
        var moderator = who.as(Role.MODERATOR);
        return new RoomDescribed(
                moderator,
                new Standing(true, true, true, false, false, false),
                title,
                false,
                VideoCodec.VP8,
                List.of(moderator),
                List.of(),
                List.of(),
                1);
    }

    static RoomDescribed described(Participant who, List<Participant> roster, List<Stream> streams, int audience) {
        return new RoomDescribed(
                who,
                new Standing(true, true, false, false, false, false),
                "My show",
                false,
                VideoCodec.VP8,
                roster,
                streams,
                List.of(),
                audience);
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
