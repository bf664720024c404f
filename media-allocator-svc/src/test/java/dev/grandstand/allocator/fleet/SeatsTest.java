package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private static final RoomId SHOW = new RoomId("show");
    private static final RoomId OTHER = new RoomId("other");
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final ParticipantId ANN = new ParticipantId("ann");
    private static final ParticipantId BOB = new ParticipantId("bob");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Seats both = Seats.NONE.with(SHOW, ANN, at(A)).with(SHOW, BOB, at(A));

    @Test
    void whoeverMovesHasASeatAtBothEnds() {
        var moving = both.with(SHOW, ANN, at(A).movingTo(B, NOON));

        assertThat(moving.on(SHOW, A)).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(moving.on(SHOW, B)).containsExactly(ANN);
        assertThat(moving.taken()).containsEntry(A, 2).containsEntry(B, 1);
        assertThat(moving.moving()).containsOnlyKeys(new Person(SHOW, ANN));
        assertThat(moving.people()).isEqualTo(2);
        assertThat(moving.settledOn(A)).isEqualTo(1);
        assertThat(moving.settledOn(B)).isEqualTo(1);
    }

    @Test
    void whoeverHasMovedHasOneSeat() {
        var moved = both.with(SHOW, ANN, at(A).movingTo(B, NOON)).with(SHOW, ANN, at(B));

        assertThat(moved.on(SHOW, A)).containsExactly(BOB);
        assertThat(moved.on(SHOW, B)).containsExactly(ANN);
        assertThat(moved.taken()).containsEntry(A, 1).containsEntry(B, 1);
        assertThat(moved.moving()).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhoeverLeavesOnTheWay() {
        var left = both.with(SHOW, ANN, at(A).movingTo(B, NOON)).without(SHOW, ANN);

        assertThat(left).isEqualTo(Seats.NONE.with(SHOW, BOB, at(A)));
        assertThat(left.without(SHOW, BOB)).isEqualTo(Seats.NONE);
    }

    @Test
    void aRoomGoesWithAllItsSeatsAndNobodyElses() {
        var all = both.with(SHOW, ANN, at(A).movingTo(B, NOON)).with(OTHER, ANN, at(B));

        assertThat(all.withoutRoom(SHOW)).isEqualTo(Seats.NONE.with(OTHER, ANN, at(B)));
    }

    @Test
    void whoeverHasNoneLosesNone() {
        assertThat(both.without(OTHER, ANN)).isSameAs(both);
        assertThat(both.withoutRoom(OTHER)).isEqualTo(both);
    }

    private static SeatAt at(NodeId node) {
        return new SeatAt(node, NOON, null);
    }
}
