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
        Seats seats,
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
            Seats.NONE,
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
        return seats.find(room, participant) != null;
    }

    /** Whether somebody is on the way from one node to another. */
    public boolean isMoving(RoomId room, ParticipantId participant) {
        return seats.moving().containsKey(new Person(room, participant));
    }

    /** Whether somebody has a seat on this node, or is moving away from there. */
    public boolean hasSeat(RoomId room, ParticipantId participant, NodeId node) {
        var seat = seats.find(room, participant);
        return seat != null && seat.isOn(node);
    }

    /** Where in the room somebody has their seat; if they are moving, the one that they move to. */
    public Optional<Site> seat(RoomId room, ParticipantId participant) {
        return Optional.ofNullable(seats.find(room, participant))
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
        return seats.moving().size();
    }

    /** Somebody's place in the queue. */
    public Optional<Waiting> waiting(RoomId room, ParticipantId participant) {
        return queue.find(room, participant);
    }

    /** Seats of a node that are in use or kept for a room that is being placed there. */
    public int reserved(NodeId node) {
        int reserved = taken().getOrDefault(node, 0);
        // Asked with every seat, and mostly no room is being placed.
        if (!pending.isEmpty()) {
            for (var target : pending.values()) {
                reserved += target.id().equals(node) ? 1 : 0;
            }
        }
        return reserved;
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
        int seated = taken().values().stream().mapToInt(Integer::intValue).sum();
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
        return seats.in(room);
    }

    /** Who of a room has a seat on a node, also if they are moving. */
    public PSet<ParticipantId> seatsOn(RoomId room, NodeId node) {
        return seats.on(room, node);
    }

    /** How many seats of each node are in use. */
    public PMap<NodeId, Integer> taken() {
        return seats.taken();
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
                withSeats(seats.withoutRoom(room))
                        .withPending(pending.minus(room))
                        .withQueue(queue.withoutRoom(room))
                        .withPaces(paces.minus(room))
                        .withPlacements(placements.minus(room));
            case MediaEvent.RoomMediaLost(var node) ->
                withSeats(seats.withoutRoom(room)).withPaces(paces.minus(room)).withPlacements(placements.minus(room));
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
        var left = waiting(room, participant).map(queue::without).orElse(queue);
        if (hasSeat(room, participant)) {
            return withQueue(left);
        }
        return withQueue(left)
                .withSeats(seats.with(room, participant, new SeatAt(node.id(), record.at(), null)))
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
            var seat = seats.find(room, participant);
            var move = seat == null ? null : seat.move();
            if (seat == null) {
                continue;
            }
            if (move == null) {
                next = next.withSeats(next.seats.without(room, participant));
            } else if (move.from().equals(node)) {
                next = next.withSeats(next.seats.with(room, participant, seat.moved()));
            } else {
                next = next.withSeats(next.seats.with(room, participant, new SeatAt(move.from(), seat.since(), null)));
            }
        }
        return next.withUse(record);
    }

    private Fleet seatMoving(EventRecord<MediaEvent> record, MediaEvent.SeatMoving moving) {
        var room = record.room();
        var seat = seats.find(room, moving.participant());
        var to = moving.node().id();
        if (seat == null || seat.move() != null || seat.node().equals(to)) {
            return this;
        }
        return withSeats(seats.with(room, moving.participant(), seat.movingTo(to, record.at())))
                .withEdge(room, to, Edge::used);
    }

    private Fleet seatMoved(EventRecord<MediaEvent> record, ParticipantId participant, NodeId from) {
        var room = record.room();
        var seat = seats.find(room, participant);
        if (seat == null || seat.move() == null || !seat.move().from().equals(from)) {
            return this;
        }
        return withSeats(seats.with(room, participant, seat.moved())).unusedIfEmpty(room, from, record.at());
    }

    private Fleet unusedIfEmpty(RoomId room, NodeId node, Instant at) {
        return seatsOn(room, node).isEmpty() ? withEdge(room, node, edge -> edge.unusedSince(at)) : this;
    }

    private Fleet withEdge(RoomId room, NodeId node, UnaryOperator<Edge> change) {
        return withPlacement(room, placed -> {
            var edge = placed.edges().get(node);
            return edge == null ? placed : placed.with(change.apply(edge));
        });
    }

    private Fleet withPlacement(RoomId room, UnaryOperator<Placement> change) {
        var placed = placements.get(room);
        if (placed == null) {
            return this;
        }
        var changed = change.apply(placed);
        return changed == placed ? this : withPlacements(placements.plus(room, changed));
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
        var seat = seats.find(room, participant);
        if (seat == null) {
            return withQueue(left);
        }
        var next = withQueue(left)
                .withOutlook(new Outlook(outlook.turnover().freed(record.at()), outlook.arrivals()))
                .withPace(room, pace(room).left(record.at()))
                .withSeats(seats.without(room, participant));
        for (var node : seat.nodes()) {
            next = next.unusedIfEmpty(room, node, record.at());
        }
        return next.seatsIn(room).isEmpty() ? next.withUse(record) : next;
    }

    private Fleet withNodes(PMap<NodeId, NodeState> changed) {
        return new Fleet(changed, placements, pending, seats, queue, draining, outlook, ramps, paces);
    }

    private Fleet withPlacements(PMap<RoomId, Placement> changed) {
        return new Fleet(nodes, changed, pending, seats, queue, draining, outlook, ramps, paces);
    }

    private Fleet withPending(PMap<RoomId, NodeRef> changed) {
        return new Fleet(nodes, placements, changed, seats, queue, draining, outlook, ramps, paces);
    }

    private Fleet withSeats(Seats changed) {
        return new Fleet(nodes, placements, pending, changed, queue, draining, outlook, ramps, paces);
    }

    private Fleet withQueue(SeatQueue changed) {
        return new Fleet(nodes, placements, pending, seats, changed, draining, outlook, ramps, paces);
    }

    private Fleet withDraining(PSet<NodeId> changed) {
        return new Fleet(nodes, placements, pending, seats, queue, changed, outlook, ramps, paces);
    }

    private Fleet withPace(RoomId room, Ramp pace) {
        return withPaces(paces.plus(room, pace));
    }

    private Fleet withPaces(PMap<RoomId, Ramp> changed) {
        return new Fleet(nodes, placements, pending, seats, queue, draining, outlook, ramps, changed);
    }

    private Fleet withOutlook(Outlook changed) {
        return new Fleet(nodes, placements, pending, seats, queue, draining, changed, ramps, paces);
    }

    private Fleet withRoomOn(NodeId node, Instant at) {
        var changed = ramps.plus(node, ramps.getOrDefault(node, Ramp.NONE).joined(at));
        return new Fleet(nodes, placements, pending, seats, queue, draining, outlook, changed, paces);
    }
}
