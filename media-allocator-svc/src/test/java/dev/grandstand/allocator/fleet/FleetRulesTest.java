package dev.grandstand.allocator.fleet;

import static dev.grandstand.allocator.fleet.Story.A;
import static dev.grandstand.allocator.fleet.Story.B;
import static dev.grandstand.allocator.fleet.Story.OTHER;
import static dev.grandstand.allocator.fleet.Story.SHOW;
import static dev.grandstand.allocator.fleet.Story.edge;
import static dev.grandstand.allocator.fleet.Story.granted;
import static dev.grandstand.allocator.fleet.Story.made;
import static dev.grandstand.allocator.fleet.Story.placed;
import static dev.grandstand.allocator.fleet.Story.queued;
import static dev.grandstand.allocator.fleet.Story.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetRulesTest {

    private final Story story = Story.spread();

    @Test
    void theFirstSeatPlacesTheRoomAndIsGrantedWhenThePipelineIsThere() {
        story.node(A, 10)
                .asks(SHOW, "ann")
                .then()
                .thenDone(new Effect.CreatePipeline(SHOW, A))
                .made(SHOW, A)
                .then(placed(SHOW, A), granted(SHOW, "ann", A))
                .thenDone();
    }

    @Test
    void everybodyWhoAskedWhileThePipelineWasMadeIsSeatedInTheirOrder() {
        story.node(A, 10)
                .asks(SHOW, "ann")
                .asks(SHOW, "bob")
                .then()
                .thenDone()
                .made(SHOW, A)
                .then(placed(SHOW, A), granted(SHOW, "ann", A), granted(SHOW, "bob", A));
    }

    @Test
    void aPlacedRoomsSeatsAreGrantedAtOnce() {
        story.node(A, 10)
                .seats(SHOW, A, "ann")
                .asks(SHOW, "bob")
                .then(granted(SHOW, "bob", A))
                .thenDone();
    }

    @Test
    void whoeverAsksAgainGetsTheSameSeatAgain() {
        story.node(A, 1).seats(SHOW, A, "ann").asks(SHOW, "ann").then(granted(SHOW, "ann", A));

        assertThat(story.fleet().reserved(A.id())).isEqualTo(1);
    }

    @Test
    void aRoomInWhichNobodyHasHadASeatForAWhileIsForgotten() {
        story.node(A, 10).seats(SHOW, A, "ann").returns(SHOW, "ann").then(released("ann"));
        story.passes(29).ticks().then().thenDone();
        story.passes(2).ticks().then(new MediaEvent.RoomReleased()).thenDone(Story.given(A));

        assertThat(story.fleet().placements()).isEmpty();
    }

    @Test
    void aRoomWhoseOnlyGuestLeftBeforeItWasPlacedIsForgotten() {
        story.node(A, 10).asks(SHOW, "ann").made(SHOW, A).returns(SHOW, "ann").closes(OTHER);
        story.passes(31).ticks().then(new MediaEvent.RoomReleased()).thenDone(Story.given(A));
    }

    @Test
    void aRoomIsNotForgottenWhileSomebodyWaitsForIt() {
        story.node(A, 1).seats(SHOW, A, "ann").asks(OTHER, "bob");
        story.returns(SHOW, "ann").made(OTHER, A).asks(SHOW, "cat").then(queued("cat", 1, 30));
        story.passes(31).ticks().then().thenDone();
    }

    @Test
    void aFullNodeQueues() {
        story.node(A, 1).seats(SHOW, A, "ann").asks(SHOW, "bob").then(queued("bob", 1, 30));
        story.asks(SHOW, "cat").then(queued("cat", 2, 60));
        story.asks(SHOW, "bob").then(queued("bob", 1, 30));
    }

    @Test
    void aSeatThatBecomesFreeGoesToTheFirstWhoWaits() {
        story.node(A, 1)
                .seats(SHOW, A, "ann", "bob", "cat")
                .returns(SHOW, "ann")
                .then(released("ann"), granted(SHOW, "bob", A));
    }

    @Test
    void thoseWhoStillWaitHearTheirNewPositionWithTheNextTick() {
        story.node(A, 1)
                .seats(SHOW, A, "ann", "bob", "cat")
                .returns(SHOW, "ann")
                .ticks()
                .then(queued("cat", 1, 30))
                .ticks()
                .then();
    }

    @Test
    void theExpectedWaitFollowsHowFastSeatsBecomeFree() {
        story.node(A, 2).seats(SHOW, A, "ann", "bob", "cat", "dan");
        story.returns(SHOW, "ann").passes(5).returns(SHOW, "bob").passes(5);

        story.asks(SHOW, "eve");

        // A fifth of the new interval, four fifths of the 30 seconds assumed before: 25 seconds.
        story.then(queued("eve", 1, 25));
    }

    @Test
    void withoutAnyNodeEverybodyWaitsAndIsPlacedWhenOneComes() {
        story.asks(SHOW, "ann").then(queued("ann", 1, 30));
        story.node(A, 5).then().thenDone(new Effect.CreatePipeline(SHOW, A)).made(SHOW, A);
        story.then(placed(SHOW, A), granted(SHOW, "ann", A));
    }

    @Test
    void roomsThatArePlacedAtTheSameTimeAreSpread() {
        story.node(A, 10).node(B, 10);
        story.asks(SHOW, "ann").thenDone(new Effect.CreatePipeline(SHOW, A));
        story.asks(OTHER, "bob").thenDone(new Effect.CreatePipeline(OTHER, B));
    }

    @Test
    void aNodeIsNeverOversubscribedByRoomsThatAreBeingPlaced() {
        story.node(A, 1).asks(SHOW, "ann").thenDone(new Effect.CreatePipeline(SHOW, A));
        story.asks(OTHER, "bob").then(queued("bob", 1, 30)).thenDone();
    }

    @Test
    void aPipelineThatCannotBeMadeIsTriedOnAnotherNode() {
        story.node(A, 10).node(B, 10).asks(SHOW, "ann");
        story.fails(SHOW, A).then().thenDone(new Effect.CreatePipeline(SHOW, B));
        story.made(SHOW, B).then(placed(SHOW, B), granted(SHOW, "ann", B));
    }

    @Test
    void ifNoOtherNodeIsLeftTheyQueue() {
        story.node(A, 10)
                .asks(SHOW, "ann")
                .fails(SHOW, A)
                .then(queued("ann", 1, 30))
                .thenDone();
    }

    @Test
    void aRoomThatClosesGivesEverythingBack() {
        story.node(A, 10)
                .seats(SHOW, A, "ann", "bob")
                .closes(SHOW)
                .then(new MediaEvent.RoomReleased())
                .thenDone(new Effect.ReleasePipeline(A, "show@a"));

        assertThat(story.fleet().reserved(A.id())).isZero();
        story.closes(SHOW).then().thenDone();
    }

    @Test
    void aRoomThatClosesWhileItIsPlacedLeavesNoPipeline() {
        story.node(A, 10)
                .asks(SHOW, "ann")
                .closes(SHOW)
                .then(new MediaEvent.RoomReleased())
                .made(SHOW, A)
                .then()
                .thenDone(new Effect.ReleasePipeline(A, "show@a"));
    }

    @Test
    void aClosedRoomsNextLifeKeepsItsSeats() {
        story.node(A, 10).seats(SHOW, A, "ann");
        var closedAt = story.passes(1).now();
        story.passes(1).asks(SHOW, "bob");

        story.closed(SHOW, closedAt).then(released("ann")).thenDone();

        assertThat(story.fleet().hasSeat(SHOW, Story.person("bob"))).isTrue();
    }

    @Test
    void whoeverLeavesWhileTheyWaitIsForgotten() {
        story.node(A, 1)
                .seats(SHOW, A, "ann")
                .asks(SHOW, "bob")
                .left(SHOW, "bob")
                .then(released("bob"));
        story.left(SHOW, "bob").then();
        story.returns(SHOW, "ann").then(released("ann"));
    }

    @Test
    void whoeverReturnsNothingIsAnsweredNonetheless() {
        story.returns(SHOW, "ann").then(released("ann"));
    }

    @Test
    void aLostNodesRoomsAreLostAndBroughtToAnotherBeforeAnybodyAsks() {
        story.node(A, 10).node(B, 10).seats(SHOW, A, "ann").loses(A);
        story.then(new MediaEvent.RoomMediaLost(A)).thenDone(new Effect.CreatePipeline(SHOW, B));

        assertThat(story.fleet().reserved(A.id())).isZero();
        story.asks(SHOW, "ann").then().thenDone();
        story.made(SHOW, B).then(placed(SHOW, B), granted(SHOW, "ann", B));
    }

    @Test
    void aNodeThatIsLostWhileItGetsARoomGetsItNot() {
        story.node(A, 10).node(B, 10).asks(SHOW, "ann");
        story.loses(A).then().thenDone(new Effect.CreatePipeline(SHOW, B));
        story.made(SHOW, A).then().thenDone(new Effect.ReleasePipeline(A, "show@a"));
    }

    @Test
    void whoWaitedForALostNodeIsPlacedElsewhere() {
        story.node(A, 1).seats(SHOW, A, "ann").asks(SHOW, "bob").node(B, 5);
        story.loses(A).then(new MediaEvent.RoomMediaLost(A)).thenDone();
        story.made(SHOW, B).then(placed(SHOW, B), granted(SHOW, "bob", B));
    }

    @Test
    void aRoomWhosePipelineIsGoneFromItsNodeIsLost() {
        story.node(A, 10).seats(SHOW, A, "ann").seats(OTHER, A, "bob");
        story.finds(A, "other@a").then(new MediaEvent.RoomMediaLost(A));

        assertThat(story.fleet().placements()).containsOnlyKeys(OTHER);
    }

    @Test
    void aWaiterWhoseRoomCannotGrowDoesNotHoldUpThoseWhoCanUseAnotherNode() {
        var alone = new Story(new LeastLoaded(), new Growth(0, Duration.ZERO, Duration.ofSeconds(30)));
        alone.node(A, 1).node(B, 2).seats(SHOW, A, "ann").asks(SHOW, "bob").then(queued("bob", 1, 30));
        alone.asks(OTHER, "cat").thenDone(new Effect.CreatePipeline(OTHER, B));
    }

    @Test
    void aNodeThatHasNoRoomForSomebodyGivesNobodyASeatAndTheyGetAnother() {
        story.node(A, 10).seats(SHOW, A, "ann").node(B, 5);

        story.declines(SHOW, "ann", A).then(released("ann")).thenDone(made(B));
        story.made(SHOW, B).then(edge(SHOW, B, A), granted(SHOW, "ann", B));

        story.asks(SHOW, "bob").then(granted(SHOW, "bob", B));
    }

    @Test
    void withoutAnotherSeatTheyWait() {
        story.node(A, 10).seats(SHOW, A, "ann", "bob");

        story.declines(SHOW, "bob", A).then(released("bob"), queued("bob", 1, 30));

        story.returns(SHOW, "ann").then(released("ann"), granted(SHOW, "bob", A));
    }

    @Test
    void aSeatThatWasDeclinedBeforeOrIsBeingLeftIsNotDeclined() {
        story.node(A, 5).seats(SHOW, A, "ann").node(B, 5).drains(A).made(SHOW, B);

        story.declines(SHOW, "ann", B).then();
        story.hasMoved(SHOW, "ann");
        story.declines(SHOW, "ann", A).then();

        assertThat(story.fleet().taken()).isEqualTo(Map.of(B.id(), 1));
    }
}
