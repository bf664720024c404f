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
import static dev.grandstand.allocator.fleet.Story.queued;
import static dev.grandstand.allocator.fleet.Story.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rooms that outgrow a node. */
class EdgesTest {

    private static final NodeRef D = Story.node("d");

    private final Story story = Story.spread();

    @Test
    void aRoomThatHasOutgrownItsNodeIsBroughtToAnother() {
        story.node(B, 5)
                .seats(SHOW, B, "p1", "p2", "p3", "p4", "p5")
                .node(A, 2)
                .asks(SHOW, "ann")
                .then()
                .thenDone(made(A))
                .made(SHOW, A)
                .then(edge(SHOW, A, B), granted(SHOW, "ann", A));
        story.asks(SHOW, "bob").then(granted(SHOW, "bob", A)).thenDone();
        story.asks(SHOW, "cat").then(queued("cat", 1, 30)).thenDone();
        assertThat(story.fleet().placement(SHOW).orElseThrow().node()).isEqualTo(B);
    }

    @Test
    void aSeatThatBecomesFreeOnTheOriginIsPreferred() {
        grown(1, 5).asks(SHOW, "bob").then(granted(SHOW, "bob", B));
        story.returns(SHOW, "origin").then(released("origin"));

        story.asks(SHOW, "cat").then(granted(SHOW, "cat", A));
    }

    @Test
    void whoeverAsksAgainKeepsTheSeatOnTheEdge() {
        grown(1, 5).asks(SHOW, "edge").then(granted(SHOW, "edge", B));

        assertThat(story.fleet().seat(SHOW, Story.person("edge"))).contains(new Site(B, "show@b"));
        assertThat(story.fleet().reserved(B.id())).isEqualTo(1);
    }

    @Test
    void anEdgeThatNobodyUsesIsGivenUpAfterAWhile() {
        grown(1, 5).returns(SHOW, "edge").then(released("edge"));
        story.passes(29).ticks().then().thenDone();
        story.passes(2).ticks().then(new MediaEvent.EdgeGone(B)).thenDone(given(B));

        assertThat(story.fleet().placement(SHOW).orElseThrow().edges()).isEmpty();
    }

    @Test
    void anEdgeThatIsUsedAgainStays() {
        grown(1, 5).returns(SHOW, "edge").passes(20).asks(SHOW, "bob").then(granted(SHOW, "bob", B));
        story.passes(20).ticks().then().thenDone();
    }

    @Test
    void aRoomThatClosesGivesBackWhatItHasEverywhere() {
        grown(1, 5).closes(SHOW).then(new MediaEvent.RoomReleased()).thenDone(given(A), given(B));

        assertThat(story.fleet().taken()).isEmpty();
    }

    @Test
    void aLostEdgesSeatsAreVoidAndTheOriginStays() {
        grown(1, 5).node(C, 5).loses(B).then(new MediaEvent.EdgeGone(B)).thenDone();

        assertThat(story.fleet().taken()).containsOnlyKeys(A.id());
        story.asks(SHOW, "edge").thenDone(made(C)).made(SHOW, C).then(edge(SHOW, C, A), granted(SHOW, "edge", C));
    }

    @Test
    void withoutItsOriginARoomGoesOnFromItsEdge() {
        grown(1, 5)
                .loses(A)
                .then(new MediaEvent.OriginMoved(B.id()), new MediaEvent.EdgeGone(A))
                .thenDone();

        assertThat(story.fleet().taken()).containsOnlyKeys(B.id());
        story.asks(SHOW, "origin").then(granted(SHOW, "origin", B));
        story.loses(B).then(new MediaEvent.RoomMediaLost(B));
        assertThat(story.fleet().taken()).isEmpty();
    }

    @Test
    void edgesThatLostTheirOriginPullFromTheNewOne() {
        grown(1, 1).node(C, 5).asks(SHOW, "far").made(SHOW, C).then(edge(SHOW, C, A), granted(SHOW, "far", C));

        story.loses(A)
                .then(new MediaEvent.OriginMoved(B.id()), new MediaEvent.EdgeGone(A), edge(SHOW, C, B))
                .thenDone();
    }

    @Test
    void anEdgeWhosePipelineIsGoneIsLost() {
        grown(1, 5).finds(B).then(new MediaEvent.EdgeGone(B));
        story.finds(A, "show@a").then();
    }

    @Test
    void anOriginThatFeedsAsManyEdgesAsItMayIsRelievedByThem() {
        var tree = new Story(new LeastLoaded(), new Growth(1, Duration.ZERO, Duration.ofSeconds(30)));
        tree.node(A, 1).seats(SHOW, A, "p1");
        tree.node(B, 1).asks(SHOW, "p2").made(SHOW, B).then(edge(SHOW, B, A), granted(SHOW, "p2", B));
        tree.node(C, 1).asks(SHOW, "p3").made(SHOW, C).then(edge(SHOW, C, B), granted(SHOW, "p3", C));
        tree.node(D, 9).asks(SHOW, "p4").made(SHOW, D).then(edge(SHOW, D, C), granted(SHOW, "p4", D));

        tree.returns(SHOW, "p2").passes(60).ticks().then();
        tree.loses(B).then(new MediaEvent.EdgeGone(B), edge(SHOW, C, A));
        tree.loses(C).then(new MediaEvent.EdgeGone(C), edge(SHOW, D, A));
    }

    @Test
    void aStreamTakesTheWayAlongTheTree() {
        var origin = new Placement(A, "a", Instant.EPOCH);
        var placement = origin.with(new Edge(B, "b", A.id(), null))
                .with(new Edge(C, "c", B.id(), null))
                .with(new Edge(D, "d", A.id(), null));

        assertThat(placement.sites()).extracting(site -> site.node()).containsExactly(A, B, D, C);
        assertThat(placement.next(C.id(), A.id())).isEqualTo(B.id());
        assertThat(placement.next(B.id(), A.id())).isEqualTo(A.id());
        assertThat(placement.next(A.id(), C.id())).isEqualTo(B.id());
        assertThat(placement.next(D.id(), C.id())).isEqualTo(A.id());
        assertThat(placement.next(B.id(), D.id())).isEqualTo(A.id());
        assertThat(placement.site(new NodeId("elsewhere"))).isEmpty();
    }

    @Test
    void theQueueIsServedInTheOrderOfAskingWhereverASeatBecomesFree() {
        story.node(A, 1).node(B, 1).seats(SHOW, A, "ann").seats(OTHER, B, "bob");
        story.asks(SHOW, "cat").then(queued("cat", 1, 30));
        story.passes(1).asks(OTHER, "dan").then(queued("dan", 2, 60));

        story.returns(OTHER, "bob").then(released("bob")).thenDone(made(B));
        story.made(SHOW, B).then(edge(SHOW, B, A), granted(SHOW, "cat", B));
    }

    @Test
    void aRoomThatFillsIsOnTheNextNodeBeforeItsSeatsRunOut() {
        story.node(A, 20).node(B, 50).seats(SHOW, A, "p0");
        int seated = 1;
        while (story.fleet().pending().isEmpty()) {
            story.asks(SHOW, "p" + seated++);
        }

        assertThat(story.fleet().free(A.id())).isBetween(2, 8);
        story.made(SHOW, B).then(edge(SHOW, B, A));
        while (story.fleet().free(A.id()) > 0) {
            story.asks(SHOW, "p" + seated++);
        }
        story.asks(SHOW, "next").then(granted(SHOW, "next", B));
    }

    @Test
    void aRoomThatFillsSlowlyIsNotBroughtAnywhereAhead() {
        story.node(A, 20).node(B, 50).seats(SHOW, A, "p0");
        for (int seated = 1; seated < 20; seated++) {
            story.passes(10).asks(SHOW, "p" + seated).thenDone();
        }

        assertThat(story.fleet().free(A.id())).isZero();
    }

    @Test
    void aRoomForWhichManyAreAnnouncedIsBroughtToAsManyNodesAsTheyNeed() {
        story.node(A, 10).node(B, 10).node(C, 10).announced(SHOW, 25).thenDone();
        story.seats(SHOW, A, "ann").announced(SHOW, 10).thenDone();

        story.announced(SHOW, 25).thenDone(made(B)).announced(SHOW, 25).thenDone();
        story.made(SHOW, B).announced(SHOW, 25).thenDone(made(C));
        story.made(SHOW, C).announced(SHOW, 25).thenDone();
    }

    @Test
    void anEdgeThatWasAddedAheadAndIsNotNeededIsGivenUp() {
        story.node(A, 8)
                .node(B, 50)
                .seats(SHOW, A, "p0", "p1", "p2", "p3", "p4", "p5")
                .made(SHOW, B);
        assertThat(story.fleet().placement(SHOW).orElseThrow().edges()).containsKey(B.id());

        story.passes(31).ticks().then(new MediaEvent.EdgeGone(B)).thenDone(given(B));
        story.passes(31).ticks().then().thenDone();
    }

    /** The show on A, which is full, and on B. */
    private Story grown(int onOrigin, int onEdge) {
        return story.node(A, onOrigin)
                .seats(SHOW, A, "origin")
                .node(B, onEdge)
                .asks(SHOW, "edge")
                .made(SHOW, B);
    }
}
