package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which seat. A room begins on one node, its origin, and is on further ones, its edges, as its audience outgrows
 * them. Whoever asks waits in one queue, in the order of asking; each free seat goes to the first who can use it: one whose
 * room is on that node, or is brought there for it. While a room's pipeline is being made on a node, one seat there is kept
 * for it. Seats nearer to the origin are given first: they have the shorter delay.
 *
 * <p>Over the usual length because the rules work on one another: what becomes free in one is given away in the next.
 */
public final class FleetRules {

    /** How long a node that a room leaves is kept after the last seat, so that links can be led past it. */
    private static final Duration LAST_LINKS = Duration.ofSeconds(3);

    private final PlacementStrategy strategy;
    private final Growth growth;
    private final Moves moves;

    /**
     * @param strategy chooses the node of a new room, or the next one of a room that grows
     * @param growth how far and how long
     * @param moves how many at a time, and how long
     */
    public FleetRules(PlacementStrategy strategy, Growth growth, Moves moves) {
        this.strategy = strategy;
        this.growth = growth;
        this.moves = moves;
    }

    /** What an input leads to. */
    public Decision decide(Fleet fleet, FleetInput input) {
        var step = new Step(fleet, input);
        switch (input) {
            case FleetInput.SeatRequested requested -> step.requested(requested);
            case FleetInput.SeatReturned returned -> step.returned(returned);
            case FleetInput.RoomEnded ended -> step.ended(ended);
            case FleetInput.PipelineMade made -> step.made(made);
            case FleetInput.PipelineFailed failed -> step.failed(failed);
            case FleetInput.NodeObserved(var cause, var at, var node) -> step.happened(new Fact.NodeSeen(node));
            case FleetInput.NodeLost lost -> step.lost(lost);
            case FleetInput.PipelinesFound found -> step.found(found);
            case FleetInput.MoveConfirmed confirmed -> step.confirmed(confirmed);
            case FleetInput.DrainOrdered(var cause, var at, var node, var drains) ->
                step.happened(new Fact.NodeDraining(node, drains));
            case FleetInput.SiteOrdered(var cause, var at, var room, var node) -> step.begin(room, node);
            case FleetInput.OriginOrdered ordered -> step.originOrdered(ordered);
            case FleetInput.MoveOrdered ordered -> step.moveOrdered(ordered);
            case FleetInput.Ticked ticked -> {
                step.announce(false);
                step.takeBackOverdue();
                step.shrink();
            }
        }
        if (leadsToMoves(input)) {
            step.relocate();
        }
        step.settle();
        step.announce(true);
        return new Decision(step.fleet, step.facts, step.effects);
    }

    /** Not with each seat that is asked for: looking for those who have to move takes a look at everybody. */
    private static boolean leadsToMoves(FleetInput input) {
        return switch (input) {
            case FleetInput.Ticked ticked -> true;
            case FleetInput.MoveConfirmed confirmed -> true;
            case FleetInput.DrainOrdered ordered -> true;
            case FleetInput.OriginOrdered ordered -> true;
            case FleetInput.PipelineMade made -> true;
            case FleetInput.SiteOrdered ordered -> false;
            case FleetInput.MoveOrdered ordered -> false;
            case FleetInput.SeatRequested asked -> false;
            case FleetInput.SeatReturned back -> false;
            case FleetInput.RoomEnded ended -> false;
            case FleetInput.PipelineFailed failed -> false;
            case FleetInput.NodeObserved seen -> false;
            case FleetInput.NodeLost lost -> false;
            case FleetInput.PipelinesFound found -> false;
        };
    }

    private final class Step {

        private final FleetInput input;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private Fleet fleet;

        Step(Fleet fleet, FleetInput input) {
            this.fleet = fleet;
            this.input = input;
        }

        void requested(FleetInput.SeatRequested asked) {
            var room = asked.room();
            var seat = fleet.seat(room, asked.participant());
            if (seat.isPresent()) {
                tell(
                        room,
                        fleet.isMoving(room, asked.participant())
                                ? moving(asked.participant(), seat.get())
                                : granted(asked.participant(), seat.get()));
            } else if (fleet.waiting(room, asked.participant()).isEmpty()) {
                happened(new Fact.Asked(new Waiting(room, asked.participant(), asked.cause(), asked.at(), 0)));
            } else {
                fleet.waiting(room, asked.participant())
                        .filter(who -> who.announced() > 0)
                        .ifPresent(who -> tell(room, queued(who, who.announced())));
            }
        }

        void returned(FleetInput.SeatReturned back) {
            if (back.answered()
                    || fleet.hasSeat(back.room(), back.participant())
                    || fleet.waiting(back.room(), back.participant()).isPresent()) {
                tell(back.room(), new MediaEvent.SeatReleased(back.participant()));
            }
            abandonIfUnwanted(back.room());
        }

        void ended(FleetInput.RoomEnded ended) {
            var room = ended.room();
            boolean livesOn = fleet.seatsIn(room).values().stream()
                            .anyMatch(seat -> seat.since().isAfter(ended.until()))
                    || fleet.queue().stream()
                            .anyMatch(who -> who.room().equals(room) && who.at().isAfter(ended.until()));
            if (livesOn) {
                fleet.seatsIn(room).forEach((participant, seat) -> {
                    if (!seat.since().isAfter(ended.until())) {
                        tell(room, new MediaEvent.SeatReleased(participant));
                    }
                });
                return;
            }
            var placement = fleet.placements().get(room);
            if (placement != null) {
                placement.sites().forEach(this::release);
            }
            if (placement != null
                    || fleet.pending().containsKey(room)
                    || fleet.queue().stream().anyMatch(who -> who.room().equals(room))) {
                tell(room, new MediaEvent.RoomReleased());
            }
        }

        void made(FleetInput.PipelineMade made) {
            var site = new Site(made.node(), made.pipeline());
            var placement = fleet.placements().get(made.room());
            if (!made.node().equals(fleet.pending().get(made.room()))) {
                release(site);
            } else if (placement == null) {
                tell(made.room(), new MediaEvent.RoomPlaced(site.node(), site.pipeline()));
            } else {
                parent(placement, site.node().id())
                        .ifPresentOrElse(
                                parent -> tell(
                                        made.room(), new MediaEvent.EdgeAdded(site.node(), site.pipeline(), parent)),
                                () -> {
                                    happened(new Fact.PlacementAbandoned(made.room()));
                                    release(site);
                                });
            }
        }

        void failed(FleetInput.PipelineFailed failed) {
            if (failed.node().equals(fleet.pending().get(failed.room()))) {
                happened(new Fact.PlacementAbandoned(failed.room()));
            }
            var node = fleet.nodes().get(failed.node().id());
            if (node != null) {
                happened(new Fact.NodeSeen(node.silent()));
            }
        }

        void lost(FleetInput.NodeLost lost) {
            var id = lost.node().id();
            fleet.placements()
                    .forEach((room, placement) -> placement.site(id).ifPresent(site -> lost(room, placement, site)));
            Map.copyOf(fleet.pending()).forEach((room, node) -> {
                if (node.id().equals(id)) {
                    happened(new Fact.PlacementAbandoned(room));
                }
            });
            var node = fleet.nodes().get(id);
            if (node != null) {
                happened(lost.removed() ? new Fact.NodeRemoved(id) : new Fact.NodeSeen(node.silent()));
            }
        }

        void found(FleetInput.PipelinesFound found) {
            fleet.placements().forEach((room, placement) -> placement
                    .site(found.node().id())
                    .filter(site -> !found.pipelines().contains(site.pipeline()))
                    .ifPresent(site -> lost(room, placement, site)));
        }

        /**
         * Without its origin a room goes on from the nearest of its edges, or begins anew if it has none; without an edge,
         * those below it pull from another node.
         */
        private void lost(RoomId room, Placement placement, Site site) {
            if (placement.origin().equals(site)) {
                var heir = heir(room, placement);
                if (heir.isEmpty()) {
                    tell(room, new MediaEvent.RoomMediaLost(site.node()));
                    placement.sites().stream().skip(1).forEach(this::release);
                    return;
                }
                tell(room, new MediaEvent.OriginMoved(heir.get()));
            }
            var orphans =
                    fleet.placement(room).orElseThrow().children(site.node().id());
            tell(room, new MediaEvent.EdgeGone(site.node()));
            for (var orphan : orphans) {
                fleet.placement(room).ifPresent(left -> hangOn(room, left, orphan));
            }
        }

        private Optional<NodeId> heir(RoomId room, Placement placement) {
            return placement.sites().stream()
                    .skip(1)
                    .map(site -> site.node().id())
                    .filter(node -> !fleet.isLeaving(placement, node))
                    .findFirst();
        }

        /** To another parent; where none may feed one more, the edge is given up. */
        private void hangOn(RoomId room, Placement placement, Edge orphan) {
            var site = new Site(orphan.node(), orphan.pipeline());
            parent(placement, orphan.node().id())
                    .ifPresentOrElse(
                            parent -> tell(room, new MediaEvent.EdgeAdded(orphan.node(), orphan.pipeline(), parent)),
                            () -> {
                                lost(room, placement, site);
                                release(site);
                            });
        }

        /** Gives free seats to those who wait. */
        void settle() {
            for (var who : fleet.queue()) {
                if (fleet.nodes().keySet().stream().allMatch(node -> fleet.free(node) == 0)) {
                    return;
                }
                fleet.placement(who.room())
                        .flatMap(this::siteWithASeat)
                        .ifPresentOrElse(
                                site -> tell(who.room(), who.cause(), who.at(), granted(who.participant(), site)),
                                () -> grow(who.room()));
            }
        }

        private Optional<Site> siteWithASeat(Placement placement) {
            return placement.sites().stream()
                    .filter(site -> !placement.leaving().contains(site.node().id()))
                    .filter(site -> fleet.free(site.node().id()) > 0)
                    .findFirst();
        }

        /** Brings the room to one node more, or to its first. */
        private void grow(RoomId room) {
            var placement = fleet.placements().get(room);
            if (fleet.pending().containsKey(room) || (placement != null && !canGrow(placement))) {
                return;
            }
            var candidates = fleet.nodes().values().stream()
                    .filter(node -> fleet.free(node.ref().id()) > 0)
                    .filter(node ->
                            placement == null || placement.site(node.ref().id()).isEmpty())
                    .map(node -> new PlacementStrategy.Candidate(
                            node, fleet.reserved(node.ref().id())))
                    .toList();
            strategy.choose(candidates)
                    .ifPresent(chosen -> begin(room, chosen.node().ref()));
        }

        void begin(RoomId room, NodeRef node) {
            if (!fleet.pending().containsKey(room)) {
                happened(new Fact.PlacementBegun(room, node));
                effects.add(new Effect.CreatePipeline(room, node));
            }
        }

        private boolean canGrow(Placement placement) {
            return placement.sites().stream()
                    .anyMatch(site -> fleet.pulledFrom(site.node().id()) < growth.edgesPerNode());
        }

        /**
         * From which of the room's nodes a node shall pull: one that may feed another, with the shortest way; one that the
         * room leaves only if there is no other.
         */
        private Optional<NodeId> parent(Placement placement, NodeId child) {
            return placement.sites().stream()
                    .map(site -> site.node().id())
                    .filter(site -> !placement.isBelow(site, child))
                    .filter(site -> fleet.pulledFrom(site) < growth.edgesPerNode())
                    .min(Comparator.comparing(site -> fleet.isLeaving(placement, site)));
        }

        /**
         * Gives up edges on which nobody has had a seat for a while, and from which no other pulls; and rooms in which nobody
         * has at all: a seat may have been asked for, and the room closed, and been heard of in the other order.
         */
        void shrink() {
            fleet.placements().forEach((room, placement) -> {
                if (isForgotten(room, placement)) {
                    placement.sites().forEach(this::release);
                    tell(room, new MediaEvent.RoomReleased());
                    return;
                }
                placement.edges().values().stream()
                        .filter(edge -> hasLingered(edge.unused(), linger(placement, edge))
                                && placement.children(edge.node().id()).isEmpty())
                        .forEach(edge -> {
                            tell(room, new MediaEvent.EdgeGone(edge.node()));
                            release(new Site(edge.node(), edge.pipeline()));
                        });
            });
        }

        private boolean isForgotten(RoomId room, Placement placement) {
            return hasLingered(placement.unused(), growth.linger())
                    && !fleet.pending().containsKey(room)
                    && fleet.queue().stream().noneMatch(who -> who.room().equals(room));
        }

        private boolean hasLingered(@Nullable Instant unused, Duration linger) {
            return unused != null && !unused.plus(linger).isAfter(input.at());
        }

        private Duration linger(Placement placement, Edge edge) {
            return fleet.isLeaving(placement, edge.node().id()) ? LAST_LINKS : growth.linger();
        }

        void confirmed(FleetInput.MoveConfirmed confirmed) {
            moved(confirmed.room(), confirmed.participant());
        }

        private void moved(RoomId room, ParticipantId participant) {
            var seat = fleet.seatsIn(room).get(participant);
            var move = seat == null ? null : seat.move();
            if (move != null) {
                fleet.placement(room)
                        .flatMap(placement -> placement.site(move.from()))
                        .ifPresent(from -> tell(room, new MediaEvent.SeatMoved(participant, from.node())));
            }
        }

        void takeBackOverdue() {
            var latest = input.at().minus(moves.limit());
            fleet.seats()
                    .forEach((room, people) -> people.forEach((participant, seat) -> {
                        if (seat.move() != null && !seat.move().began().isAfter(latest)) {
                            moved(room, participant);
                        }
                    }));
        }

        void originOrdered(FleetInput.OriginOrdered ordered) {
            fleet.placement(ordered.room())
                    .filter(placement -> placement.edges().containsKey(ordered.node()))
                    .ifPresent(placement -> {
                        tell(ordered.room(), new MediaEvent.OriginMoved(ordered.node()));
                        tell(
                                ordered.room(),
                                new MediaEvent.SiteLeaving(placement.node().id()));
                    });
        }

        void moveOrdered(FleetInput.MoveOrdered ordered) {
            fleet.placement(ordered.room())
                    .flatMap(placement -> placement.site(ordered.node()))
                    .filter(site -> fleet.free(ordered.node()) > 0)
                    .filter(site -> fleet.hasSeat(ordered.room(), ordered.participant())
                            && !fleet.isMoving(ordered.room(), ordered.participant()))
                    .ifPresent(site -> tell(ordered.room(), moving(ordered.participant(), site)));
        }

        /**
         * Moves people off the nodes that are drained and those that their room leaves, a few at a time; they go before
         * those who wait, for they have a seat. Where there is no other seat they stay.
         */
        void relocate() {
            if (!fleet.hasMoves()) {
                return;
            }
            int more = moves.atOnce() - fleet.moving();
            for (var room : fleet.placements().keySet()) {
                more = relocate(room, more);
            }
        }

        private int relocate(RoomId room, int atMost) {
            int more = atMost;
            var placement = fleet.placement(room).orElseThrow();
            for (var site : placement.sites()) {
                var node = site.node().id();
                if (fleet.isLeaving(placement, node)) {
                    more -= moveAway(room, node, more);
                    if (fleet.seatsOn(room, node).isEmpty()) {
                        vacate(room, site);
                    }
                }
            }
            return more;
        }

        private int moveAway(RoomId room, NodeId node, int atMost) {
            int sent = 0;
            for (var participant : fleet.seatsOn(room, node)) {
                if (sent < atMost && !fleet.isMoving(room, participant)) {
                    var target = fleet.placement(room).flatMap(this::siteWithASeat);
                    if (target.isEmpty()) {
                        grow(room);
                        return sent;
                    }
                    tell(room, moving(participant, target.get()));
                    sent++;
                }
            }
            return sent;
        }

        /** Nobody has a seat there: another node becomes the origin, and feeds those that were fed from there. */
        private void vacate(RoomId room, Site site) {
            var before = fleet.placement(room).orElseThrow();
            if (before.origin().equals(site)) {
                var heir = heir(room, before);
                if (heir.isEmpty()) {
                    if (before.edges().isEmpty()) {
                        tell(room, new MediaEvent.RoomMediaLost(site.node()));
                        release(site);
                    }
                    return;
                }
                tell(room, new MediaEvent.OriginMoved(heir.get()));
            }
            for (var fed :
                    fleet.placement(room).orElseThrow().children(site.node().id())) {
                var now = fleet.placement(room).orElseThrow();
                parent(now, fed.node().id())
                        .filter(parent -> !fleet.isLeaving(now, parent))
                        .ifPresent(parent -> tell(room, new MediaEvent.EdgeAdded(fed.node(), fed.pipeline(), parent)));
            }
        }

        private MediaEvent moving(ParticipantId participant, Site site) {
            return new MediaEvent.SeatMoving(
                    participant, site.node(), site.pipeline(), moves.limit().toMillis());
        }

        private void release(Site site) {
            effects.add(new Effect.ReleasePipeline(site.node(), site.pipeline()));
        }

        private MediaEvent granted(ParticipantId participant, Site site) {
            return new MediaEvent.SeatGranted(participant, site.node(), site.pipeline());
        }

        /**
         * Tells positions: at once to those who have heard none yet, and to the others with the next tick, so that one
         * seat that becomes free does not cost an event for everybody who waits. Who waits for the pipeline of their room
         * is told when it is there.
         */
        void announce(boolean newcomersOnly) {
            if (newcomersOnly && fleet.queue().stream().noneMatch(who -> who.announced() == 0)) {
                return;
            }
            Positions.of(fleet).forEach((who, position) -> {
                boolean newcomer = who.announced() == 0;
                if (newcomersOnly ? newcomer : !newcomer && isNews(who.announced(), position)) {
                    tell(who.room(), who.cause(), who.at(), queued(who, position));
                }
            });
        }

        /** Far back in the queue a place more or less is no news. */
        private static boolean isNews(int told, int position) {
            return Math.abs(told - position) * 10 >= Math.max(told, 10);
        }

        private void abandonIfUnwanted(RoomId room) {
            if (fleet.pending().containsKey(room)
                    && fleet.queue().stream().noneMatch(who -> who.room().equals(room))) {
                happened(new Fact.PlacementAbandoned(room));
            }
        }

        private MediaEvent.SeatQueued queued(Waiting who, int position) {
            return new MediaEvent.SeatQueued(
                    who.participant(),
                    position,
                    fleet.turnover().expectedWait(position).toMillis());
        }

        private void tell(RoomId room, MediaEvent event) {
            tell(room, input.cause(), input.at(), event);
        }

        private void tell(RoomId room, CommandId cause, Instant at, MediaEvent event) {
            happened(new Fact.Published(new EventRecord<>(room, cause, at, event)));
        }

        void happened(Fact fact) {
            facts.add(fact);
            fleet = fleet.evolve(fact);
        }
    }
}
