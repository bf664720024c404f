package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's seat.
 *
 * @param node where
 * @param since when they asked for it
 * @param move the seat that they still have beside it; absent unless they are moving
 */
public record SeatAt(NodeId node, Instant since, @Nullable Move move) {

    /**
     * A move under way.
     *
     * @param from the node that they come from
     * @param began when they were told
     */
    public record Move(NodeId from, Instant began) {}

    SeatAt movingTo(NodeId target, Instant at) {
        return new SeatAt(target, since, new Move(node, at));
    }

    SeatAt moved() {
        return new SeatAt(node, since, null);
    }

    /** Where they have one: a move holds two. */
    List<NodeId> nodes() {
        return move == null ? List.of(node) : List.of(node, move.from());
    }

    /** Whether one of their seats is there. */
    boolean isOn(NodeId other) {
        return node.equals(other) || (move != null && move.from().equals(other));
    }
}
