package dev.grandstand.room;

import static dev.grandstand.room.Cast.ANN;
import static dev.grandstand.room.Cast.ANN_ON_CAMERA;
import static dev.grandstand.room.Cast.BOB;
import static dev.grandstand.room.Cast.CAMERA;
import static dev.grandstand.room.Cast.LIVE;
import static dev.grandstand.room.Cast.MAX;
import static dev.grandstand.room.Cast.everybody;
import static dev.grandstand.room.RoomTest.start;
import static dev.grandstand.room.RoomTest.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.room.RoomCommand.Invite;
import dev.grandstand.protocol.room.RoomCommand.MoveStream;
import dev.grandstand.protocol.room.RoomCommand.MuteStream;
import dev.grandstand.protocol.room.RoomCommand.RaiseHand;
import dev.grandstand.protocol.room.RoomCommand.StepDown;
import dev.grandstand.protocol.room.RoomCommand.StopStream;
import dev.grandstand.protocol.room.RoomCommand.TakeDown;
import dev.grandstand.protocol.room.RoomEvent.HandLowered;
import dev.grandstand.protocol.room.RoomEvent.HandRaised;
import dev.grandstand.protocol.room.RoomEvent.ParticipantInvited;
import dev.grandstand.protocol.room.RoomEvent.ParticipantMuted;
import dev.grandstand.protocol.room.RoomEvent.ParticipantSteppedDown;
import dev.grandstand.protocol.room.RoomEvent.StreamMoved;
import dev.grandstand.protocol.room.RoomEvent.StreamMuted;
import dev.grandstand.protocol.room.RoomEvent.StreamStarted;
import dev.grandstand.protocol.room.RoomEvent.StreamStopped;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who may publish, and how one gets there. */
class StageTest {

    private static final Participant PRESENTER_BOB = BOB.as(Role.PRESENTER);
    private static final Stream.Muted MICROPHONE = new Stream.Muted(true, false);

    @Nested
    class Hands {

        @Test
        void areRaisedAndTakenDown() {
            everybody().when(new RaiseHand(BOB.id(), true)).then(new HandRaised(BOB));
            everybody()
                    .and(new HandRaised(BOB))
                    .when(new RaiseHand(BOB.id(), false))
                    .then(new HandLowered(BOB.id()));
        }

        @Test
        void raisedTwiceWaitSinceTheFirstTime() {
            var once = everybody().and(new HandRaised(BOB)).room();
            var later = once.evolve(new HandRaised(BOB), RoomScenario.NOON.plusSeconds(60));
            assertThat(later).isEqualTo(once);
        }

        @Test
        void onTheStageAreRefused() {
            everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new RaiseHand(ANN.id(), true))
                    .thenRefused("refused");
        }

        @Test
        void ofNobodyAreRefused() {
            everybody().when(new RaiseHand(new ParticipantId("nobody"), true)).thenRefused("not-found");
        }

        @Test
        void goDownByPublishing() {
            everybody()
                    .and(new HandRaised(ANN))
                    .when(start(ANN, CAMERA, "e1"))
                    .then(new HandLowered(ANN.id()), ANN_ON_CAMERA, LIVE);
        }

        @Test
        void areShownToAModeratorWhoComesWhoWaitsLongestFirst() {
            var waiting = everybody()
                    .room()
                    .evolve(new HandRaised(BOB), RoomScenario.NOON)
                    .evolve(new HandRaised(ANN), RoomScenario.NOON.plusSeconds(1));
            assertThat(Description.of(waiting, MAX.id()).hands()).containsExactly(BOB, ANN);
            assertThat(Description.of(waiting, ANN.id()).hands()).isEmpty();
        }
    }

    @Nested
    class Invitations {

        @Test
        void letSomebodyPublishWithoutComingAgain() {
            everybody().when(start(BOB, CAMERA, "e1")).thenRefused("not-invited");
            var invited = everybody()
                    .and(new HandRaised(BOB))
                    .when(new Invite(MAX.id(), BOB.id()))
                    .then(new ParticipantInvited(PRESENTER_BOB))
                    .room();
            assertThat(invited.people().hands()).isEmpty();
            new RoomScenario(invited).when(start(BOB, CAMERA, "e1")).then(started(CAMERA, BOB, "e1"), LIVE);
        }

        @Test
        void endBySteppingDown() {
            everybody()
                    .and(new ParticipantInvited(PRESENTER_BOB), started(CAMERA, BOB, "e1"), LIVE)
                    .when(new StepDown(BOB.id()))
                    .then(
                            new StreamStopped(CAMERA, BOB.id(), StopReason.STEPPED_DOWN),
                            new ParticipantSteppedDown(BOB.id(), false));
            everybody()
                    .and(new ParticipantInvited(PRESENTER_BOB), new ParticipantSteppedDown(BOB.id(), false))
                    .when(start(BOB, CAMERA, "e1"))
                    .thenRefused("not-invited");
        }

        @Test
        void nobodyWhoIsNotThere() {
            everybody().when(new Invite(MAX.id(), new ParticipantId("nobody"))).thenRefused("not-found");
        }

        @Test
        void areAModerators() {
            everybody().when(new Invite(ANN.id(), BOB.id())).thenRefused("forbidden");
        }

        @Test
        void areForAFullStageRefusedAndSoIsPublishing() {
            var full = everybody();
            for (var n = 1; n <= Limits.DEFAULT.presenters(); n++) {
                var who = RoomTest.viewer("p" + n);
                full = full.and(Cast.joined(who, Grants.OPEN, 4 + n), started(new StreamId("s" + n), who, "e" + n));
            }
            full.when(new Invite(MAX.id(), BOB.id())).thenRefused("stage-full");
            full.when(start(ANN, CAMERA, "e1")).thenRefused("stage-full");
            var onStage = RoomTest.viewer("p1");
            full.when(start(onStage, CAMERA, "e1")).then(started(CAMERA, onStage, "e1"), LIVE);
        }

        @Test
        void holdAPlaceFromTheMomentTheyAreGiven() {
            var full = everybody().and(new ParticipantInvited(PRESENTER_BOB));
            for (var n = 2; n <= Limits.DEFAULT.presenters(); n++) {
                var who = RoomTest.viewer("p" + n);
                full = full.and(Cast.joined(who, Grants.OPEN, 4 + n), started(new StreamId("s" + n), who, "e" + n));
            }
            full.when(start(ANN, CAMERA, "e1")).thenRefused("stage-full");
            full.when(start(BOB, CAMERA, "e1")).then(started(CAMERA, BOB, "e1"), LIVE);
        }
    }

    @Nested
    class SteppingDown {

        @Test
        void keepsAModeratorAModerator() {
            var room = everybody()
                    .and(started(CAMERA, MAX, "e1"), LIVE)
                    .when(new StepDown(MAX.id()))
                    .then(
                            new StreamStopped(CAMERA, MAX.id(), StopReason.STEPPED_DOWN),
                            new ParticipantSteppedDown(MAX.id(), true))
                    .room();
            assertThat(room.people().present(MAX.id()).guest().participant()).isEqualTo(MAX);
        }

        @Test
        void isForThoseOnTheStage() {
            everybody().when(new StepDown(BOB.id())).thenRefused("refused");
            everybody().when(new StepDown(new ParticipantId("nobody"))).thenRefused("not-found");
        }

        @Test
        void byAModeratorIsUntilInvited() {
            var down = everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new TakeDown(MAX.id(), ANN.id()))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.STEPPED_DOWN),
                            new ParticipantSteppedDown(ANN.id(), false))
                    .room();
            new RoomScenario(down).when(start(ANN, CAMERA, "e1")).thenRefused("not-invited");
            new RoomScenario(down).when(new TakeDown(MAX.id(), ANN.id())).thenRefused("refused");
            new RoomScenario(down)
                    .and(new ParticipantInvited(ANN.as(Role.PRESENTER)))
                    .when(start(ANN, CAMERA, "e1"))
                    .then(ANN_ON_CAMERA);
        }
    }

    @Nested
    class Streams {

        private static final MediaLocation FIRST = RoomTest.source("e1");
        private static final MediaLocation SECOND = RoomTest.source("e2");
        private static final MediaLocation THIRD = RoomTest.source("e3");

        @Test
        void areMutedByTheirOwner() {
            everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new MuteStream(ANN.id(), CAMERA, MICROPHONE))
                    .then(new StreamMuted(CAMERA, MICROPHONE));
        }

        @Test
        void moveToAnotherSourceAsTheyAre() {
            var elsewhere = RoomTest.source("e2");
            var muted = everybody().and(ANN_ON_CAMERA, LIVE).and(new StreamMuted(CAMERA, MICROPHONE));
            var moved = new StreamMoved(CAMERA, ANN.id(), FIRST, elsewhere);
            muted.when(new MoveStream(ANN.id(), CAMERA, Set.of(FIRST), elsewhere))
                    .then(moved);
            muted.when(new MoveStream(BOB.id(), CAMERA, Set.of(FIRST), elsewhere))
                    .thenRefused("unknown-stream");
            assertThat(muted.and(moved).room().stage().find(CAMERA))
                    .contains(RoomTest.stream(CAMERA, ANN, "e2").with(MICROPHONE));
        }

        @Test
        void doNotMoveBackByWhatWasSaidBefore() {
            var moved = everybody().and(ANN_ON_CAMERA, LIVE, new StreamMoved(CAMERA, ANN.id(), FIRST, SECOND));
            moved.when(new MoveStream(ANN.id(), CAMERA, Set.of(FIRST), THIRD)).thenRefused("stale");
            moved.when(new MoveStream(ANN.id(), CAMERA, Set.of(FIRST), SECOND)).thenRefused("stale");
            moved.when(new MoveStream(ANN.id(), CAMERA, Set.of(FIRST, SECOND), THIRD))
                    .then(new StreamMoved(CAMERA, ANN.id(), SECOND, THIRD));
        }

        @Test
        void areNotStoppedByWhatWasSaidBefore() {
            var moved = everybody().and(ANN_ON_CAMERA, LIVE, new StreamMoved(CAMERA, ANN.id(), FIRST, SECOND));
            moved.when(new StopStream(ANN.id(), CAMERA, Set.of(FIRST), StopReason.UNPUBLISHED))
                    .thenRefused("stale");
            moved.when(new StopStream(ANN.id(), CAMERA, Set.of(FIRST, SECOND), StopReason.UNPUBLISHED))
                    .then(new StreamStopped(CAMERA, ANN.id(), StopReason.UNPUBLISHED));
        }

        @Test
        void areMutedByNobodyElse() {
            everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new MuteStream(BOB.id(), CAMERA, MICROPHONE))
                    .thenRefused("unknown-stream");
        }

        @Test
        void whoseMicrophoneAModeratorMutedStaySilent() {
            var muted = everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .and(new ParticipantMuted(ANN.id(), Mutable.MICROPHONE, true), new StreamMuted(CAMERA, MICROPHONE));
            muted.when(new MuteStream(ANN.id(), CAMERA, Stream.Muted.NOTHING)).thenRefused("muted");
            muted.when(new MuteStream(ANN.id(), CAMERA, new Stream.Muted(true, true)))
                    .then(new StreamMuted(CAMERA, new Stream.Muted(true, true)));
            var second = new StreamId("second");
            var silent = RoomTest.stream(second, ANN, "e2").with(MICROPHONE);
            muted.when(start(ANN, second, "e2")).then(new StreamStarted(silent, ANN.name()));
        }

        @Test
        void areAtMostEightOfAPresenter() {
            var many = everybody();
            for (var n = 1; n <= Limits.DEFAULT.streamsEach(); n++) {
                many = many.and(started(new StreamId("s" + n), ANN, "e" + n));
            }
            many.when(start(ANN, CAMERA, "e1")).thenRefused("refused");
        }
    }
}
