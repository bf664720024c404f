package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The seats of one room. Immutable.
 *
 * @param people who has one, and where
 * @param nodes the same people by node; whoever moves stands at both
 */
record RoomSeats(PMap<ParticipantId, SeatAt> people, PMap<NodeId, PSet<ParticipantId>> nodes) {

    static final RoomSeats NONE = new RoomSeats(HashTreePMap.empty(), HashTreePMap.empty());

    PSet<ParticipantId> on(NodeId node) {
        return nodes.getOrDefault(node, HashTreePSet.empty());
    }

    RoomSeats with(ParticipantId who, SeatAt seat) {
        var elsewhere = absent(who, people.get(who));
        for (var node : seat.nodes()) {
            elsewhere = elsewhere.plus(
                    node, elsewhere.getOrDefault(node, HashTreePSet.empty()).plus(who));
        }
        return new RoomSeats(people.plus(who, seat), elsewhere);
    }

    RoomSeats without(ParticipantId who) {
        return new RoomSeats(people.minus(who), absent(who, people.get(who)));
    }

    private PMap<NodeId, PSet<ParticipantId>> absent(ParticipantId who, @Nullable SeatAt seat) {
        var left = nodes;
        if (seat != null) {
            for (var node : seat.nodes()) {
                var others = on(node).minus(who);
                left = others.isEmpty() ? left.minus(node) : left.plus(node, others);
            }
        }
        return left;
    }
}
