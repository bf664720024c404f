package dev.grandstand.allocator.fleet;

import static dev.grandstand.allocator.fleet.Story.A;
import static dev.grandstand.allocator.fleet.Story.B;
import static dev.grandstand.allocator.fleet.Story.C;
import static dev.grandstand.allocator.fleet.Story.SHOW;
import static dev.grandstand.allocator.fleet.Story.edge;
import static dev.grandstand.allocator.fleet.Story.given;
import static dev.grandstand.allocator.fleet.Story.granted;
import static dev.grandstand.allocator.fleet.Story.made;
import static dev.grandstand.allocator.fleet.Story.moved;
import static dev.grandstand.allocator.fleet.Story.moving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.media.MediaEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People who are moved from one node to another; two at a time here. */
class MovesTest {

    private final Story story = Story.spread();

    @Test
    void aDrainedNodesPeopleAreMovedAFewAtATime() {
        story.node(A, 5).seats(SHOW, A, "ann", "bob", "cat").node(B, 5);

        story.drains(A).then().thenDone(made(B));
        story.made(SHOW, B).then(edge(SHOW, B, A), moving(SHOW, "ann", B), moving(SHOW, "bob", B));
        assertThat(story.fleet().taken()).isEqualTo(Map.of(A.id(), 3, B.id(), 2));

        story.hasMoved(SHOW, "ann").then(moved("ann", A), moving(SHOW, "cat", B));
        assertThat(story.fleet().taken()).isEqualTo(Map.of(A.id(), 2, B.id(), 3));
    }

    @Test
    void aDrainedNodeIsEmptyInTheEnd() {
        story.node(A, 5).seats(SHOW, A, "ann").node(B, 5).drains(A).made(SHOW, B);

        story.hasMoved(SHOW, "ann").then(moved("ann", A), new MediaEvent.OriginMoved(B.id()));
        story.passes(2).ticks().then();
        story.passes(2).ticks().then(new MediaEvent.EdgeGone(A)).thenDone(given(A));
        assertThat(story.fleet().placement(SHOW).orElseThrow().sites()).containsExactly(new Site(B, "show@b"));
    }

    @Test
    void whoTakesTooLongLosesTheFormerSeat() {
        story.node(A, 5).seats(SHOW, A, "ann").node(B, 5).drains(A).made(SHOW, B);

        story.passes(19).ticks().then();
        story.passes(2).ticks().then(moved("ann", A), new MediaEvent.OriginMoved(B.id()));
    }

    @Test
    void whatWasSaidOfAnEarlierMoveEndsNoOther() {
        story.node(A, 5)
                .seats(SHOW, A, "ann")
                .node(B, 5)
                .drains(A)
                .made(SHOW, B)
                .hasMoved(SHOW, "ann");
        story.node(C, 5).drains(B).made(SHOW, C).passes(1).ticks();
        assertThat(story.fleet().isMoving(SHOW, Story.person("ann"))).isTrue();

        story.hasMovedTo(SHOW, "ann", B).then();
        story.hasMovedTo(SHOW, "ann", C);
        assertThat(story.told()).contains(moved("ann", B));
    }

    @Test
    void noNodeIsGivenMoreThanItHasSeats() {
        story.node(A, 5).seats(SHOW, A, "ann", "bob").node(B, 1).drains(A).made(SHOW, B);

        assertThat(story.told()).containsExactly(edge(SHOW, B, A), moving(SHOW, "ann", B));
        story.hasMoved(SHOW, "ann").then(moved("ann", A)).thenDone();
        story.node(C, 1).ticks().thenDone(made(C)).made(SHOW, C).then(edge(SHOW, C, B), moving(SHOW, "bob", C));
    }

    @Test
    void aDrainedNodeGetsNobodyUntilItIsUsedAgain() {
        story.node(A, 5).drains(A).asks(SHOW, "ann").thenDone();
        story.usesAgain(A).thenDone(made(A)).made(SHOW, A);
        assertThat(story.told()).contains(granted(SHOW, "ann", A));
    }

    @Test
    void whoeverLeavesWhileTheyMoveGivesBothSeatsBack() {
        story.node(A, 5)
                .seats(SHOW, A, "ann")
                .node(B, 5)
                .drains(A)
                .made(SHOW, B)
                .left(SHOW, "ann");

        assertThat(story.fleet().taken()).isEmpty();
    }

    @Test
    void whoeverComesBackWhileTheyMoveIsToldAgain() {
        story.node(A, 5).seats(SHOW, A, "ann").node(B, 5).drains(A).made(SHOW, B);

        story.asks(SHOW, "ann").then(moving(SHOW, "ann", B));
        assertThat(story.fleet().taken()).isEqualTo(Map.of(A.id(), 1, B.id(), 1));
    }

    @Test
    void aMoveToANodeThatIsLostIsNone() {
        story.node(A, 5).seats(SHOW, A, "ann").node(B, 5).drains(A).made(SHOW, B);

        story.loses(B).then(new MediaEvent.EdgeGone(B));
        assertThat(story.fleet().seat(SHOW, Story.person("ann"))).contains(new Site(A, "show@a"));
        assertThat(story.fleet().taken()).isEqualTo(Map.of(A.id(), 1));
    }

    @Test
    void aRoomsOriginIsMovedAndItsPeopleWithIt() {
        story.node(A, 1).seats(SHOW, A, "ann").node(B, 3).asks(SHOW, "bob").made(SHOW, B);

        story.originTo(SHOW, B)
                .then(new MediaEvent.OriginMoved(B.id()), new MediaEvent.SiteLeaving(A.id()), moving(SHOW, "ann", B));
        story.hasMoved(SHOW, "ann").then(moved("ann", A));
        story.passes(4).ticks().then(new MediaEvent.EdgeGone(A)).thenDone(given(A));
    }

    @Test
    void somebodyIsMovedByOrder() {
        story.node(A, 1).seats(SHOW, A, "ann").node(B, 3).asks(SHOW, "bob").made(SHOW, B);

        story.movesTo(SHOW, "bob", A).then();
        story.movesTo(SHOW, "ann", B).then(moving(SHOW, "ann", B));
        story.movesTo(SHOW, "ann", B).then();
    }

    @Test
    void anEmptyRoomOnADrainedNodeBeginsAnewElsewhere() {
        story.node(A, 5).seats(SHOW, A, "ann").returns(SHOW, "ann").node(B, 5);

        story.drains(A).then(new MediaEvent.RoomMediaLost(A)).thenDone(given(A));
        story.asks(SHOW, "ann").thenDone(made(B));
    }
}
