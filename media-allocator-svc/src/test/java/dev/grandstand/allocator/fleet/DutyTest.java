package dev.grandstand.allocator.fleet;

import static dev.grandstand.allocator.fleet.Story.A;
import static dev.grandstand.allocator.fleet.Story.B;
import static dev.grandstand.allocator.fleet.Story.C;
import static dev.grandstand.allocator.fleet.Story.OTHER;
import static dev.grandstand.allocator.fleet.Story.SHOW;
import static dev.grandstand.allocator.fleet.Story.edge;
import static dev.grandstand.allocator.fleet.Story.given;
import static dev.grandstand.allocator.fleet.Story.granted;
import static dev.grandstand.allocator.fleet.Story.made;
import static dev.grandstand.allocator.fleet.Story.moved;
import static dev.grandstand.allocator.fleet.Story.placed;
import static dev.grandstand.allocator.fleet.Story.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.media.MediaEvent;
import org.junit.jupiter.api.Test;

/** Nodes that are for origins only, or for edges only. */
class DutyTest {

    private final Story story = Story.spread();

    @Test
    void aRoomBeginsOnANodeForOriginsAlthoughEdgesAreEmptier() {
        story.node(A, Duty.ORIGIN, 2).node(B, Duty.EDGE, 100).seats(OTHER, A, "bob");

        story.asks(SHOW, "ann").thenDone(new Effect.CreatePipeline(SHOW, A));
    }

    @Test
    void aRoomGrowsOntoNodesForEdgesOnly() {
        story.node(A, Duty.ORIGIN, 1).node(B, Duty.EDGE, 5).node(C, Duty.ORIGIN, 5);
        story.seats(SHOW, A, "ann");

        story.asks(SHOW, "bob").thenDone(made(B)).made(SHOW, B).then(edge(SHOW, B, A), granted(SHOW, "bob", B));
    }

    @Test
    void theAudienceLeavesHalfOfANodeForOriginsToRoomsThatBegin() {
        story.node(A, Duty.ORIGIN, 4).node(B, Duty.EDGE, 1).seats(SHOW, A, "ann", "bob");

        story.asks(SHOW, "cat").thenDone(made(B)).made(SHOW, B).then(edge(SHOW, B, A), granted(SHOW, "cat", B));
        story.asks(SHOW, "dan").then(queued("dan", 1, 30));
        story.asks(OTHER, "eve").made(OTHER, A).then(placed(OTHER, A), granted(OTHER, "eve", A));
        story.loses(B).then(new MediaEvent.EdgeGone(B), granted(SHOW, "dan", A));
    }

    @Test
    void whereOnlyEdgesHaveSeatsANewRoomWaits() {
        story.node(A, Duty.ORIGIN, 1).node(B, Duty.EDGE, 5).seats(SHOW, A, "ann");

        story.asks(OTHER, "bob").then(queued("bob", 1, 30)).thenDone();
    }

    @Test
    void aDrainedOriginIsFollowedByANodeThatMayBeOne() {
        story.node(A, Duty.ORIGIN, 1).node(B, Duty.EDGE, 5).seats(SHOW, A, "ann");
        story.asks(SHOW, "bob").made(SHOW, B).node(C, Duty.ORIGIN, 5);

        story.drains(A);
        story.hasMoved(SHOW, "ann").then(moved("ann", A)).thenDone(made(C));
        story.made(SHOW, C).then(edge(SHOW, C, B), new MediaEvent.OriginMoved(C.id()));
    }

    @Test
    void withoutAnyOtherOriginARoomGoesOnFromAnEdge() {
        story.node(A, Duty.ORIGIN, 1).node(B, Duty.EDGE, 5).seats(SHOW, A, "ann");
        story.asks(SHOW, "bob").made(SHOW, B);

        story.loses(A).then(new MediaEvent.OriginMoved(B.id()), new MediaEvent.EdgeGone(A));
        assertThat(story.fleet().placement(SHOW).orElseThrow().node()).isEqualTo(B);
        story.returns(SHOW, "bob").passes(60).ticks().thenDone(given(B));
    }
}
