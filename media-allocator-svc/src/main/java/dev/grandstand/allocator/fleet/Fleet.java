package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The fleet: nodes, rooms placed on them, seats, and the queue. Immutable; the fold of {@link Fact}s. Long, because how each
 * fact changes it stands in one place.
 *
 * @param nodes as last seen
 * @param placements rooms that have a pipeline
 * @param pending rooms whose first or next pipeline is being made, and where
 * @param seats who has a seat in which room, where, and when they asked for it
 * @param taken how many seats of each node are in use
 * @param queue who waits
 * @param draining nodes that get nothing new and are being emptied
 * @param outlook where the next seats come from
 * @param ramps rooms that each node was given a short while ago
 * @param paces people who were seated in each room a short while ago
 */
public record Fleet(
        PMap<NodeId, NodeState> nodes,
        PMap<RoomId, Placement> placements,
        PMap<RoomId, NodeRef> pending,
        PMap<RoomId, PMap<ParticipantId, SeatAt>> seats,
        PMap<NodeId, Integer> taken,
        SeatQueue queue,
        PSet<NodeId> draining,
        Outlook outlook,
        PMap<NodeId, Ramp> ramps,
        PMap<RoomId, Ramp> paces) {

    /** Nothing known. */
    public static final Fleet EMPTY = new Fleet(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            SeatQueue.EMPTY,
            HashTreePSet.empty(),
            Outlook.UNKNOWN,
            HashTreePMap.empty(),
            HashTreePMap.empty());

    /** The state after a fact. */
    public Fleet evolve(Fact fact) {
        return switch (fact) {
            case Fact.Published published -> evolve(published.event());
            case Fact.Asked(var who) -> withQueue(queue.with(who));
            case Fact.SeatsExpected(var arrivals) -> withOutlook(new Outlook(outlook.turnover(), arrivals));
            case Fact.PlacementBegun(var room, var node) -> withPending(pending.plus(room, node));
            case Fact.PlacementAbandoned(var room) -> withPending(pending.minus(room));
            case Fact.NodeSeen(var node) -> withNodes(nodes.plus(node.ref().id(), node));
            case Fact.NodeRemoved(var node) ->
                new Fleet(
                        nodes.minus(node),
                        placements,
                        pending,
                        seats,
                        taken,
                        queue,
                        draining.minus(node),
                        outlook,
                        ramps.minus(node),
                        paces);
            case Fact.NodeDraining(var node, var drains) ->
                withDraining(drains ? draining.plus(node) : draining.minus(node));
        };
    }

    /** Where a room is. */
    public Optional<Placement> placement(RoomId room) {
        return Optional.ofNullable(placements.get(room));
    }

    /** Whether somebody has a seat. */
    public boolean hasSeat(RoomId room, ParticipantId participant) {
        return seatsIn(room).containsKey(participant);
    }

    /** Whether somebody is on the way from one node to another. */
    public boolean isMoving(RoomId room, ParticipantId participant) {
        var seat = seatsIn(room).get(participant);
        return seat != null && seat.move() != null;
    }

    /** Whether somebody has a seat on this node, or is moving away from there. */
    public boolean hasSeat(RoomId room, ParticipantId participant, NodeId node) {
        var seat = seatsIn(room).get(participant);
        return seat != null && seat.isOn(node);
    }

    /** Where in the room somebody has their seat; if they are moving, the one that they move to. */
    public Optional<Site> seat(RoomId room, ParticipantId participant) {
        return Optional.ofNullable(seatsIn(room).get(participant))
                .flatMap(seat -> placement(room).flatMap(placement -> placement.site(seat.node())));
    }

    /** How many edges, of whatever rooms, pull from a node; those that their room is about to leave do not count. */
    public int pulledFrom(NodeId node) {
        return (int) placements.values().stream()
                .flatMap(placement -> placement.children(node).stream().filter(edge -> !isLeaving(placement, edge)))
                .count();
    }

    private boolean isLeaving(Placement placement, Edge edge) {
        return isLeaving(placement, edge.node().id());
    }

    /** Whether a room is about to leave one of its nodes, by itself or with all others. */
    public boolean isLeaving(Placement placement, NodeId node) {
        return draining.contains(node) || placement.leaving().contains(node);
    }

    /** Whether anybody has to be moved, or is. */
    public boolean hasMoves() {
        return !draining.isEmpty()
                || placements.values().stream()
                        .anyMatch(placement -> !placement.leaving().isEmpty())
                || moving() > 0;
    }

    /** How many are being moved. */
    public int moving() {
        return (int) seats.values().stream()
                .flatMap(people -> people.values().stream())
                .filter(seat -> seat.move() != null)
                .count();
    }

    /** Somebody's place in the queue. */
    public Optional<Waiting> waiting(RoomId room, ParticipantId participant) {
        return queue.find(room, participant);
    }

    /** Seats of a node that are in use or kept for a room that is being placed there. */
    public int reserved(NodeId node) {
        int kept = (int) pending.values().stream()
                .filter(target -> target.id().equals(node))
                .count();
        return taken.getOrDefault(node, 0) + kept;
    }

    /** Seats that a node has for whoever comes next; none if it does not answer, or drains. */
    public int free(NodeId node) {
        var state = nodes.get(node);
        return state == null || !state.answering() || draining.contains(node)
                ? 0
                : Math.max(0, state.seats() - reserved(node));
    }

    /** What a node may be; anything if it is not known. */
    public Duty duty(NodeId node) {
        var state = nodes.get(node);
        return state == null ? Duty.ANY : state.duty();
    }

    /** How many rooms that came to a node a short while ago still count; see {@link Ramp}. */
    double arriving(NodeId node, Instant now) {
        return ramps.getOrDefault(node, Ramp.NONE).credit(now);
    }

    /** Seats that a room has on a node in the mean, at least one. */
    double meanAudience() {
        int sites = placements.values().stream()
                .mapToInt(placed -> 1 + placed.edges().size())
                .sum();
        int seated = taken.values().stream().mapToInt(Integer::intValue).sum();
        return sites == 0 ? 1 : Math.max(1, (double) seated / sites);
    }

    /**
     * Seats that a node has for one more person of a room that is there. Of a node for origins only, the audience gets half as
     * long as there are nodes for it: or one large room would leave the others nowhere to begin.
     */
    int freeFor(Placement placement, NodeId node) {
        int free = free(node);
        var state = nodes.get(node);
        if (free == 0
                || state == null
                || state.duty() != Duty.ORIGIN
                || placement.unused() != null
                || !hasNodesForEdges()) {
            return free;
        }
        return Math.clamp((state.seats() + 1L) / 2 - reserved(node), 0, free);
    }

    private boolean hasNodesForEdges() {
        return nodes.values().stream()
                .anyMatch(node -> node.duty().mayBeEdge()
                        && node.answering()
                        && !draining.contains(node.ref().id()));
    }

    /** How fast a room fills. */
    Ramp pace(RoomId room) {
        return paces.getOrDefault(room, Ramp.NONE);
    }

    /** Whether any node has. */
    boolean hasFreeSeat() {
        return nodes.keySet().stream().anyMatch(node -> free(node) > 0);
    }

    /** Who has a seat in a room, and where. */
    public PMap<ParticipantId, SeatAt> seatsIn(RoomId room) {
        return seats.getOrDefault(room, HashTreePMap.empty());
    }

    /** Who of a room has a seat on a node, also if they are moving. */
    public List<ParticipantId> seatsOn(RoomId room, NodeId node) {
        return seatsIn(room).entrySet().stream()
                .filter(seat -> seat.getValue().isOn(node))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Fleet evolve(EventRecord<MediaEvent> record) {
        var room = record.room();
        return switch (record.event()) {
            case MediaEvent.RoomPlaced(var node, var pipeline) ->
                withPending(pending.minus(room))
                        .withPlacements(placements.plus(room, new Placement(node, pipeline, record.at())))
                        .withRoomOn(node.id(), record.at());
            case MediaEvent.EdgeAdded added -> edgeAdded(record, added);
            case MediaEvent.EdgeGone(var node) -> edgeGone(record, node.id());
            case MediaEvent.OriginMoved(var node) -> originMoved(record, node);
            case MediaEvent.SiteLeaving(var node) ->
                withPlacement(room, placed -> placed.site(node).isPresent() ? placed.leaving(node) : placed);
            case MediaEvent.LinkMade made -> this;
            case MediaEvent.LinkRefused refused -> this;
            case MediaEvent.StreamLed led -> this;
            case MediaEvent.LinkEnded ended -> this;
            case MediaEvent.RoomReleased() ->
                withoutSeatsOf(room)
                        .withPending(pending.minus(room))
                        .withQueue(queue.withoutRoom(room))
                        .withPaces(paces.minus(room))
                        .withPlacements(placements.minus(room));
            case MediaEvent.RoomMediaLost(var node) ->
                withoutSeatsOf(room).withPaces(paces.minus(room)).withPlacements(placements.minus(room));
            case MediaEvent.SeatGranted(var participant, var node, var pipeline) -> seated(record, participant, node);
            case MediaEvent.SeatQueued told -> queued(record, told);
            case MediaEvent.SeatRefused(var participant, var waited) ->
                waiting(room, participant)
                        .map(who -> withQueue(queue.without(who)))
                        .orElse(this);
            case MediaEvent.SeatMoving moving -> seatMoving(record, moving);
            case MediaEvent.SeatMoved(var participant, var node) -> seatMoved(record, participant, node.id());
            case MediaEvent.SeatReleased(var participant) -> released(record, participant);
        };
    }

    private Fleet seated(EventRecord<MediaEvent> record, ParticipantId participant, NodeRef node) {
        var room = record.room();
        var in = seatsIn(room);
        var left = waiting(room, participant).map(queue::without).orElse(queue);
        if (in.containsKey(participant)) {
            return withQueue(left);
        }
        return withQueue(left)
                .withSeats(
                        seats.plus(room, in.plus(participant, new SeatAt(node.id(), record.at(), null))),
                        taken.plus(node.id(), taken.getOrDefault(node.id(), 0) + 1))
                .withEdge(room, node.id(), Edge::used)
                .withPace(room, pace(room).joined(record.at()))
                .withUse(record);
    }

    /** An edge that is there already has another parent now. */
    private Fleet edgeAdded(EventRecord<MediaEvent> record, MediaEvent.EdgeAdded added) {
        var room = record.room();
        var placed = placements.get(room);
        if (placed == null) {
            return this;
        }
        var unused = seatsOn(room, added.node().id()).isEmpty() ? record.at() : null;
        var edge = new Edge(added.node(), added.pipeline(), added.parent(), unused);
        var next = withPlacements(placements.plus(room, placed.with(edge)));
        return added.node().equals(pending.get(room))
                ? next.withPending(pending.minus(room)).withRoomOn(added.node().id(), record.at())
                : next;
    }

    private Fleet originMoved(EventRecord<MediaEvent> record, NodeId root) {
        var room = record.room();
        var former = placements.get(room);
        if (former == null) {
            return this;
        }
        var next = withPlacement(room, placed -> placed.rootedAt(root, record.at()));
        var was = former.node().id();
        return seatsOn(room, was).isEmpty() ? next : next.withEdge(room, was, Edge::used);
    }

    /** Whoever was moving there stays where they were; whoever was moving away has moved. */
    private Fleet edgeGone(EventRecord<MediaEvent> record, NodeId node) {
        var room = record.room();
        var next = withPlacement(room, placed -> placed.without(node));
        for (var participant : seatsOn(room, node)) {
            var seat = seatsIn(room).get(participant);
            var move = seat == null ? null : seat.move();
            if (seat == null) {
                continue;
            }
            if (move == null) {
                next = next.withoutSeat(room, participant, node);
            } else if (move.from().equals(node)) {
                next = next.withSeat(room, participant, seat.moved(), next.fewer(node, 1));
            } else {
                next = next.withSeat(
                        room, participant, new SeatAt(move.from(), seat.since(), null), next.fewer(node, 1));
            }
        }
        return next.withUse(record);
    }

    private Fleet seatMoving(EventRecord<MediaEvent> record, MediaEvent.SeatMoving moving) {
        var room = record.room();
        var seat = seatsIn(room).get(moving.participant());
        var to = moving.node().id();
        if (seat == null || seat.move() != null || seat.node().equals(to)) {
            return this;
        }
        return withSeat(
                        room,
                        moving.participant(),
                        seat.movingTo(to, record.at()),
                        taken.plus(to, taken.getOrDefault(to, 0) + 1))
                .withEdge(room, to, Edge::used);
    }

    private Fleet seatMoved(EventRecord<MediaEvent> record, ParticipantId participant, NodeId from) {
        var room = record.room();
        var seat = seatsIn(room).get(participant);
        if (seat == null || seat.move() == null || !seat.move().from().equals(from)) {
            return this;
        }
        return withSeat(room, participant, seat.moved(), fewer(from, 1)).unusedIfEmpty(room, from, record.at());
    }

    private Fleet unusedIfEmpty(RoomId room, NodeId node, Instant at) {
        return seatsOn(room, node).isEmpty() ? withEdge(room, node, edge -> edge.unusedSince(at)) : this;
    }

    private PMap<NodeId, Integer> fewer(NodeId node, int seatsLess) {
        int others = taken.getOrDefault(node, 0) - seatsLess;
        return others > 0 ? taken.plus(node, others) : taken.minus(node);
    }

    private Fleet withEdge(RoomId room, NodeId node, UnaryOperator<Edge> change) {
        return withPlacement(room, placed -> {
            var edge = placed.edges().get(node);
            return edge == null ? placed : placed.with(change.apply(edge));
        });
    }

    private Fleet withPlacement(RoomId room, UnaryOperator<Placement> change) {
        var placed = placements.get(room);
        return placed == null ? this : withPlacements(placements.plus(room, change.apply(placed)));
    }

    /** Notes whether anybody has a seat in the room after this event. */
    private Fleet withUse(EventRecord<MediaEvent> record) {
        var placed = placements.get(record.room());
        if (placed == null) {
            return this;
        }
        var now = seatsIn(record.room()).isEmpty() ? placed.unusedSince(record.at()) : placed.used();
        return now == placed ? this : withPlacements(placements.plus(record.room(), now));
    }

    private Fleet queued(EventRecord<MediaEvent> record, MediaEvent.SeatQueued told) {
        var wait = Duration.ofMillis(told.expectedWaitMs());
        var priority = Optional.ofNullable(told.priority()).orElse(SeatPriority.ORDINARY);
        var who = waiting(record.room(), told.participant())
                .orElseGet(() -> new Waiting(
                        record.room(), told.participant(), priority, record.cause(), record.at(), 0, Duration.ZERO));
        return withQueue(queue.with(who.told(told.position(), wait)));
    }

    private Fleet released(EventRecord<MediaEvent> record, ParticipantId participant) {
        var room = record.room();
        var left = waiting(room, participant).map(queue::without).orElse(queue);
        var in = seatsIn(room);
        var seat = in.get(participant);
        if (seat == null) {
            return withQueue(left);
        }
        var next = withQueue(left)
                .withOutlook(new Outlook(outlook.turnover().freed(record.at()), outlook.arrivals()))
                .withPace(room, pace(room).left(record.at()))
                .withoutSeat(room, participant, seat.node())
                .unusedIfEmpty(room, seat.node(), record.at());
        var move = seat.move();
        var all = move == null
                ? next
                : next.withSeats(next.seats, next.fewer(move.from(), 1)).unusedIfEmpty(room, move.from(), record.at());
        return all.seatsIn(room).isEmpty() ? all.withUse(record) : all;
    }

    private Fleet withSeat(RoomId room, ParticipantId who, SeatAt seat, PMap<NodeId, Integer> counts) {
        return withSeats(seats.plus(room, seatsIn(room).plus(who, seat)), counts);
    }

    private Fleet withoutSeat(RoomId room, ParticipantId who, NodeId node) {
        var rest = seatsIn(room).minus(who);
        return withSeats(rest.isEmpty() ? seats.minus(room) : seats.plus(room, rest), fewer(node, 1));
    }

    private Fleet withoutSeatsOf(RoomId room) {
        var next = this;
        for (var seat : seatsIn(room).values()) {
            next = next.withSeats(seats.minus(room), next.fewer(seat.node(), 1));
            var move = seat.move();
            next = move == null ? next : next.withSeats(seats.minus(room), next.fewer(move.from(), 1));
        }
        return next;
    }

    private Fleet withNodes(PMap<NodeId, NodeState> changed) {
        return new Fleet(changed, placements, pending, seats, taken, queue, draining, outlook, ramps, paces);
    }

    private Fleet withPlacements(PMap<RoomId, Placement> changed) {
        return new Fleet(nodes, changed, pending, seats, taken, queue, draining, outlook, ramps, paces);
    }

    private Fleet withPending(PMap<RoomId, NodeRef> changed) {
        return new Fleet(nodes, placements, changed, seats, taken, queue, draining, outlook, ramps, paces);
    }

    private Fleet withSeats(PMap<RoomId, PMap<ParticipantId, SeatAt>> changed, PMap<NodeId, Integer> counts) {
        return new Fleet(nodes, placements, pending, changed, counts, queue, draining, outlook, ramps, paces);
    }

    private Fleet withQueue(SeatQueue changed) {
        return new Fleet(nodes, placements, pending, seats, taken, changed, draining, outlook, ramps, paces);
    }

    private Fleet withDraining(PSet<NodeId> changed) {
        return new Fleet(nodes, placements, pending, seats, taken, queue, changed, outlook, ramps, paces);
    }

    private Fleet withPace(RoomId room, Ramp pace) {
        return withPaces(paces.plus(room, pace));
    }

    private Fleet withPaces(PMap<RoomId, Ramp> changed) {
        return new Fleet(nodes, placements, pending, seats, taken, queue, draining, outlook, ramps, changed);
    }

    private Fleet withOutlook(Outlook changed) {
        return new Fleet(nodes, placements, pending, seats, taken, queue, draining, changed, ramps, paces);
    }

    private Fleet withRoomOn(NodeId node, Instant at) {
        var changed = ramps.plus(node, ramps.getOrDefault(node, Ramp.NONE).joined(at));
        return new Fleet(nodes, placements, pending, seats, taken, queue, draining, outlook, changed, paces);
    }
}
