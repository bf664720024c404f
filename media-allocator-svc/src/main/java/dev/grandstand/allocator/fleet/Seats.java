package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Who has a seat. Immutable. However many have one, somebody's is found, given, taken back and moved, and who moves and how
 * many are on a node is told, without a look at the others.
 *
 * @param rooms those of each room; rooms without any are left out
 * @param taken how many seats of each node are in use; whoever moves has two
 * @param moving who is on the way from one node to another
 * @param people how many have a seat
 */
public record Seats(
        PMap<RoomId, RoomSeats> rooms, PMap<NodeId, Integer> taken, PMap<Person, SeatAt> moving, int people) {

    static final Seats NONE = new Seats(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), 0);

    /** Who has a seat in a room, and where. */
    public PMap<ParticipantId, SeatAt> in(RoomId room) {
        return room(room).people();
    }

    /** Who of a room has a seat on a node, also if they are moving. */
    public PSet<ParticipantId> on(RoomId room, NodeId node) {
        return room(room).on(node);
    }

    /** How many have their seat on a node, without those who are moving away from there. */
    public int settledOn(NodeId node) {
        long leaving = moving.values().stream()
                .filter(seat -> !seat.node().equals(node) && seat.isOn(node))
                .count();
        return taken.getOrDefault(node, 0) - (int) leaving;
    }

    @Nullable
    SeatAt find(RoomId room, ParticipantId who) {
        return in(room).get(who);
    }

    Seats with(RoomId room, ParticipantId who, SeatAt seat) {
        var before = find(room, who);
        var person = new Person(room, who);
        var counts = before == null ? taken : counted(taken, before, -1);
        return new Seats(
                rooms.plus(room, room(room).with(who, seat)),
                counted(counts, seat, 1),
                seat.move() == null ? moving.minus(person) : moving.plus(person, seat),
                before == null ? people + 1 : people);
    }

    Seats without(RoomId room, ParticipantId who) {
        var before = find(room, who);
        if (before == null) {
            return this;
        }
        var rest = room(room).without(who);
        return new Seats(
                rest.people().isEmpty() ? rooms.minus(room) : rooms.plus(room, rest),
                counted(taken, before, -1),
                moving.minus(new Person(room, who)),
                people - 1);
    }

    Seats withoutRoom(RoomId room) {
        var gone = room(room);
        var counts = taken;
        for (var node : gone.nodes().entrySet()) {
            counts = counted(counts, node.getKey(), -node.getValue().size());
        }
        var movers = moving.keySet().stream()
                .filter(mover -> mover.room().equals(room))
                .toList();
        return new Seats(
                rooms.minus(room),
                counts,
                moving.minusAll(movers),
                people - gone.people().size());
    }

    private RoomSeats room(RoomId room) {
        return rooms.getOrDefault(room, RoomSeats.NONE);
    }

    private static PMap<NodeId, Integer> counted(PMap<NodeId, Integer> counts, SeatAt seat, int more) {
        var changed = counts;
        for (var node : seat.nodes()) {
            changed = counted(changed, node, more);
        }
        return changed;
    }

    private static PMap<NodeId, Integer> counted(PMap<NodeId, Integer> counts, NodeId node, int more) {
        int changed = counts.getOrDefault(node, 0) + more;
        return changed > 0 ? counts.plus(node, changed) : counts.minus(node);
    }
}
