package dev.grandstand.room;

import static dev.grandstand.room.Cast.A;
import static dev.grandstand.room.Cast.ANN;
import static dev.grandstand.room.Cast.ANN_IN;
import static dev.grandstand.room.Cast.ANN_ON_CAMERA;
import static dev.grandstand.room.Cast.B;
import static dev.grandstand.room.Cast.BOB;
import static dev.grandstand.room.Cast.BOB_IN;
import static dev.grandstand.room.Cast.CAMERA;
import static dev.grandstand.room.Cast.LIVE;
import static dev.grandstand.room.Cast.MAX_IN;
import static dev.grandstand.room.Cast.OPENED;
import static dev.grandstand.room.RoomScenario.NOON;
import static dev.grandstand.room.RoomScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.room.RoomCommand.Disconnect;
import dev.grandstand.protocol.room.RoomCommand.Expire;
import dev.grandstand.protocol.room.RoomCommand.Leave;
import dev.grandstand.protocol.room.RoomCommand.Lock;
import dev.grandstand.protocol.room.RoomCommand.Rename;
import dev.grandstand.protocol.room.RoomCommand.Resume;
import dev.grandstand.protocol.room.RoomCommand.StopStream;
import dev.grandstand.protocol.room.RoomEvent.ParticipantBanned;
import dev.grandstand.protocol.room.RoomEvent.ParticipantDisconnected;
import dev.grandstand.protocol.room.RoomEvent.ParticipantLeft;
import dev.grandstand.protocol.room.RoomEvent.ParticipantResumed;
import dev.grandstand.protocol.room.RoomEvent.RoomDescribed;
import dev.grandstand.protocol.room.RoomEvent.RoomLocked;
import dev.grandstand.protocol.room.RoomEvent.StreamStopped;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A participant's life: connected, disconnected, back again, or gone. */
class ResumeTest {

    private static final ConnectionId FIRST = RoomTest.connection(ANN);
    private static final ConnectionId SECOND = new ConnectionId("ann-2");
    private static final ConnectionId THIRD = new ConnectionId("ann-3");
    private static final ConnectionId FOURTH = new ConnectionId("ann-4");
    private static final ParticipantDisconnected GONE = new ParticipantDisconnected(ANN.id());
    private static final ParticipantResumed BACK = new ParticipantResumed(ANN.id(), SECOND, FIRST, B);

    private final RoomScenario onAir = given(OPENED, MAX_IN, ANN_IN, BOB_IN, ANN_ON_CAMERA, LIVE);

    /** What an instance was still going to say when it was paused. */
    @Nested
    class OverOldInstances {

        private final RoomScenario elsewhere = onAir.and(GONE, BACK);

        @Test
        void nothingIsDoneForSomebodyWhoCameBackAtAnother() {
            elsewhere.when(new Rename(ANN.id(), new DisplayName("Anna"))).thenRefused("stale");
            elsewhere
                    .when(new StopStream(ANN.id(), CAMERA, null, StopReason.MEDIA_LOST))
                    .thenRefused("stale");
            elsewhere.when(new Lock(ANN.id(), true)).thenRefused("stale");
        }

        @Test
        void aStreamCanBeStoppedForSomebodyWhoIsAway() {
            var room = onAir.and(GONE)
                    .when(new StopStream(ANN.id(), CAMERA, null, StopReason.MEDIA_LOST))
                    .room();
            assertThat(room.stage().find(CAMERA)).isEmpty();
        }
    }

    @Nested
    class Disconnecting {

        @Test
        void leavesTheStreamsOnAirAndTheParticipantInTheRoom() {
            var room = onAir.when(new Disconnect(ANN.id(), FIRST)).then(GONE).room();
            assertThat(room.stage().find(CAMERA)).isPresent();
            assertThat(room.audience()).isEqualTo(3);
        }

        @Test
        void twiceIsStale() {
            onAir.and(GONE).when(new Disconnect(ANN.id(), FIRST)).thenRefused("stale");
        }

        @Test
        void overAConnectionThatWasReplacedIsStaleEvenAtTheSameInstance() {
            onAir.and(new ParticipantResumed(ANN.id(), SECOND, FIRST, A))
                    .when(new Disconnect(ANN.id(), FIRST))
                    .thenRefused("stale");
        }

        @Test
        void nobodyWhoIsNotThere() {
            given(OPENED, MAX_IN).when(new Disconnect(ANN.id(), FIRST)).thenRefused("not-found");
        }
    }

    @Nested
    class Resuming {

        @Test
        void tellsEverybodyAndDescribesTheRoomToTheOneWhoCameBack() {
            var events =
                    onAir.and(GONE).when(new Resume(ANN.id(), FIRST, SECOND, B)).events();
            assertThat(events).hasSize(2).startsWith(BACK);
            assertThat(events.getLast()).isInstanceOfSatisfying(RoomDescribed.class, described -> {
                assertThat(described.you().id()).isEqualTo(ANN.id());
                assertThat(described.standing().publish()).isTrue();
                assertThat(described.streams()).hasSize(1);
                assertThat(described.audience()).isEqualTo(3);
            });
        }

        @Test
        void takesOverAConnectionThatStillSeemsWell() {
            assertThat(onAir.when(new Resume(ANN.id(), FIRST, SECOND, B)).events())
                    .startsWith(BACK);
        }

        @Test
        void twiceByTheSameCommandIsHarmless() {
            assertThat(onAir.and(BACK)
                            .when(new Resume(ANN.id(), FIRST, SECOND, B))
                            .events())
                    .singleElement()
                    .isInstanceOf(RoomDescribed.class);
        }

        @Test
        void byATokenThatWasUsedBeforeIsStale() {
            onAir.and(BACK).when(new Resume(ANN.id(), FIRST, THIRD, A)).thenRefused("stale");
        }

        @Test
        void byTheTokenBeforeIsPossibleOnceTheConnectionWhoseTokenMayNeverHaveArrivedIsGone() {
            assertThat(onAir.and(BACK, GONE)
                            .when(new Resume(ANN.id(), FIRST, THIRD, A))
                            .events())
                    .startsWith(new ParticipantResumed(ANN.id(), THIRD, FIRST, A));
        }

        @Test
        void byTheOnlyTokenThatTheyHaveHoweverManyAnswersWereLost() {
            assertThat(onAir.and(BACK, GONE, new ParticipantResumed(ANN.id(), THIRD, FIRST, A), GONE)
                            .when(new Resume(ANN.id(), FIRST, FOURTH, B))
                            .events())
                    .startsWith(new ParticipantResumed(ANN.id(), FOURTH, FIRST, B));
        }

        @Test
        void byAnyOlderTokenIsStale() {
            onAir.and(BACK, GONE, new ParticipantResumed(ANN.id(), THIRD, SECOND, A), GONE)
                    .when(new Resume(ANN.id(), FIRST, FOURTH, A))
                    .thenRefused("stale");
        }

        @Test
        void aLockedRoomIsPossible() {
            assertThat(onAir.and(GONE, new RoomLocked(true))
                            .when(new Resume(ANN.id(), FIRST, SECOND, B))
                            .events())
                    .startsWith(BACK);
        }

        @Test
        void afterOneHasLeftIsTooLate() {
            onAir.and(GONE, new ParticipantLeft(BOB.id(), LeaveReason.EXPIRED, 2))
                    .when(new Resume(BOB.id(), RoomTest.connection(BOB), SECOND, B))
                    .thenRefused("not-found");
        }

        @Test
        void afterABanIsRefusedAsOne() {
            onAir.and(new ParticipantBanned(BOB.id(), null), new ParticipantLeft(BOB.id(), LeaveReason.BANNED, 2))
                    .when(new Resume(BOB.id(), RoomTest.connection(BOB), SECOND, B))
                    .thenRefused("banned");
        }
    }

    @Nested
    class Expiring {

        @Test
        void endsTheStreamsOfWhoeverDidNotComeBack() {
            onAir.and(GONE)
                    .when(new Expire(ANN.id(), NOON))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.EXPIRED, 2));
        }

        @Test
        void isStaleForWhoeverCameBack() {
            onAir.and(GONE, BACK).when(new Expire(ANN.id(), NOON)).thenRefused("stale");
        }

        @Test
        void isStaleForAnEarlierDisconnection() {
            onAir.and(GONE).when(new Expire(ANN.id(), NOON.minusSeconds(30))).thenRefused("stale");
        }

        @Test
        void nobodyWhoIsNotThere() {
            given(OPENED, MAX_IN).when(new Expire(ANN.id(), NOON)).thenRefused("not-found");
        }
    }

    @Test
    void leavingOverAFormerConnectionDoesNotRaceTheResume() {
        onAir.and(GONE, BACK).when(new Leave(ANN.id(), FIRST, LeaveReason.LEFT)).thenRefused("stale");
    }

    @Test
    void whoIsDisconnectedMayStillBeSaidToLeave() {
        onAir.and(GONE)
                .when(new Leave(ANN.id(), FIRST, LeaveReason.LEFT))
                .then(
                        new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                        new ParticipantLeft(ANN.id(), LeaveReason.LEFT, 2));
    }
}
