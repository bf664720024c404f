package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** On which nodes a room is, and which of them pulls from which, in one step of {@link FleetRules}. */
final class TreeRules {

    /** How long a node that a room leaves is kept after the last seat, so that links can be led past it. */
    private static final Duration LAST_LINKS = Duration.ofSeconds(3);

    /** People who came a short while ago; fewer are no crowd. */
    private static final int LEAST_CROWD = 4;

    private final Step step;
    private final PlacementStrategy strategy;
    private final Growth growth;

    TreeRules(Step step, PlacementStrategy strategy, Growth growth) {
        this.step = step;
        this.strategy = strategy;
        this.growth = growth;
    }

    void ended(FleetInput.RoomEnded ended) {
        var room = ended.room();
        boolean livesOn = step.fleet().seatsIn(room).values().stream()
                        .anyMatch(seat -> seat.since().isAfter(ended.until()))
                || step.fleet().queue().of(room).stream()
                        .anyMatch(who -> who.at().isAfter(ended.until()));
        if (livesOn) {
            step.fleet().seatsIn(room).forEach((participant, seat) -> {
                if (!seat.since().isAfter(ended.until())) {
                    step.tell(room, new MediaEvent.SeatReleased(participant));
                }
            });
            return;
        }
        var placement = step.fleet().placements().get(room);
        if (placement != null) {
            placement.sites().forEach(step::release);
        }
        if (placement != null
                || step.fleet().pending().containsKey(room)
                || step.fleet().queue().waitsFor(room)) {
            step.tell(room, new MediaEvent.RoomReleased());
        }
    }

    void made(FleetInput.PipelineMade made) {
        var site = new Site(made.node(), made.pipeline());
        var placement = step.fleet().placements().get(made.room());
        if (!made.node().equals(step.fleet().pending().get(made.room()))) {
            step.release(site);
        } else if (placement == null) {
            step.tell(made.room(), new MediaEvent.RoomPlaced(site.node(), site.pipeline()));
        } else {
            parent(placement, site.node().id())
                    .ifPresentOrElse(
                            parent -> step.tell(
                                    made.room(), new MediaEvent.EdgeAdded(site.node(), site.pipeline(), parent)),
                            () -> {
                                step.happened(new Fact.PlacementAbandoned(made.room()));
                                step.release(site);
                            });
        }
    }

    void failed(FleetInput.PipelineFailed failed) {
        if (failed.node().equals(step.fleet().pending().get(failed.room()))) {
            step.happened(new Fact.PlacementAbandoned(failed.room()));
        }
        var node = step.fleet().nodes().get(failed.node().id());
        if (node != null) {
            step.happened(new Fact.NodeSeen(node.silent()));
        }
    }

    /** A room that has nothing left is brought to another node at once: those who had seats are about to ask for others. */
    void lost(FleetInput.NodeLost lost) {
        var id = lost.node().id();
        var seated = step.fleet().placements().entrySet().stream()
                .filter(room -> room.getValue().site(id).isPresent()
                        && !step.fleet().seatsIn(room.getKey()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        step.fleet()
                .placements()
                .forEach((room, placement) -> placement.site(id).ifPresent(site -> lost(room, placement, site)));
        Map.copyOf(step.fleet().pending()).forEach((room, node) -> {
            if (node.id().equals(id)) {
                step.happened(new Fact.PlacementAbandoned(room));
            }
        });
        var node = step.fleet().nodes().get(id);
        if (node != null) {
            step.happened(lost.removed() ? new Fact.NodeRemoved(id) : new Fact.NodeSeen(node.silent()));
        }
        seated.stream()
                .filter(room -> !step.fleet().placements().containsKey(room))
                .forEach(this::grow);
    }

    void found(FleetInput.PipelinesFound found) {
        step.fleet().placements().forEach((room, placement) -> placement
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
            var heir = heir(placement);
            if (heir.isEmpty()) {
                step.tell(room, new MediaEvent.RoomMediaLost(site.node()));
                placement.sites().stream().skip(1).forEach(step::release);
                return;
            }
            step.tell(room, new MediaEvent.OriginMoved(heir.get()));
        }
        var orphans =
                step.fleet().placement(room).orElseThrow().children(site.node().id());
        step.tell(room, new MediaEvent.EdgeGone(site.node()));
        for (var orphan : orphans) {
            step.fleet().placement(room).ifPresent(left -> hangOn(room, left, orphan));
        }
    }

    /** The nearest edge that may be an origin; if there is none, another is better than to begin anew. */
    Optional<NodeId> heir(Placement placement) {
        return placement.sites().stream()
                .skip(1)
                .map(site -> site.node().id())
                .filter(node -> !step.fleet().isLeaving(placement, node))
                .min(Comparator.comparing(node -> !step.fleet().duty(node).mayBeOrigin()));
    }

    /** Whether the room is being brought to a node that may be its origin, which none of its edges may. */
    boolean awaitsAnOrigin(RoomId room, Placement placement) {
        if (placement.edges().isEmpty()) {
            return false;
        }
        boolean hasHeir = heir(placement)
                .filter(node -> step.fleet().duty(node).mayBeOrigin())
                .isPresent();
        if (!hasHeir && !step.fleet().pending().containsKey(room) && canGrow(placement)) {
            bring(room, placement, Duty::mayBeOrigin);
        }
        return !hasHeir && step.fleet().pending().containsKey(room);
    }

    /** To another parent; where none may feed one more, the edge is given up. */
    private void hangOn(RoomId room, Placement placement, Edge orphan) {
        var site = new Site(orphan.node(), orphan.pipeline());
        parent(placement, orphan.node().id())
                .ifPresentOrElse(
                        parent -> step.tell(room, new MediaEvent.EdgeAdded(orphan.node(), orphan.pipeline(), parent)),
                        () -> {
                            lost(room, placement, site);
                            step.release(site);
                        });
    }

    Optional<Site> siteWithASeat(Placement placement) {
        for (var site : placement.sites()) {
            if (freeAt(placement, site) > 0) {
                return Optional.of(site);
            }
        }
        return Optional.empty();
    }

    /** Brings the room to one node more, or to its first. */
    void grow(RoomId room) {
        var placement = step.fleet().placements().get(room);
        if (step.fleet().pending().containsKey(room) || (placement != null && !canGrow(placement))) {
            return;
        }
        bring(room, placement, placement == null ? Duty::mayBeOrigin : Duty::mayBeEdge);
    }

    private void bring(RoomId room, @Nullable Placement placement, Predicate<Duty> duty) {
        var fleet = step.fleet();
        var now = step.input().at();
        double audience = fleet.meanAudience();
        var candidates = fleet.nodes().values().stream()
                .filter(node -> duty.test(node.duty()))
                .filter(node -> fleet.free(node.ref().id()) > 0)
                .filter(node ->
                        placement == null || placement.site(node.ref().id()).isEmpty())
                .map(node -> new PlacementStrategy.Candidate(
                        node,
                        fleet.reserved(node.ref().id()),
                        fleet.arriving(node.ref().id(), now),
                        audience))
                .toList();
        strategy.choose(candidates, seed(room))
                .ifPresent(chosen -> begin(room, chosen.node().ref()));
    }

    /** Another for each room and each time that it grows, and the same whenever this is decided again. */
    private long seed(RoomId room) {
        return 31L * room.hashCode() + step.input().cause().hashCode();
    }

    /** Brings rooms that fill to one node more before their seats run out. */
    void growAhead() {
        step.fleet().paces().keySet().forEach(this::growAhead);
    }

    /** The same for one room; the seats of its nodes are other rooms' too, which may take them, but never more than all. */
    void growAhead(RoomId room) {
        var fleet = step.fleet();
        var now = step.input().at();
        var pace = fleet.pace(room);
        var placement = fleet.placement(room);
        if (growth.ahead().isZero() || placement.isEmpty() || pace.credit(now) < LEAST_CROWD) {
            return;
        }
        if (pace.expected(now, growth.ahead()) > freeIn(placement.get())) {
            grow(room);
        }
    }

    /** Brings a room to one node more if those that it is on have no seats for all who are announced. */
    void growFor(FleetInput.AudienceExpected expected) {
        var room = expected.room();
        step.fleet().placement(room).ifPresent(placement -> {
            int missing = expected.people() - step.fleet().seatsIn(room).size();
            if (missing > freeIn(placement)) {
                grow(room);
            }
        });
    }

    private int freeIn(Placement placement) {
        int free = 0;
        for (var site : placement.sites()) {
            free += freeAt(placement, site);
        }
        return free;
    }

    private int freeAt(Placement placement, Site site) {
        var node = site.node().id();
        return placement.leaving().contains(node) ? 0 : step.fleet().freeFor(placement, node);
    }

    void begin(RoomId room, NodeRef node) {
        if (!step.fleet().pending().containsKey(room)) {
            step.happened(new Fact.PlacementBegun(room, node));
            step.effect(new Effect.CreatePipeline(room, node));
        }
    }

    private boolean canGrow(Placement placement) {
        return placement.sites().stream()
                .anyMatch(site -> step.fleet().pulledFrom(site.node().id()) < growth.edgesPerNode());
    }

    /**
     * From which of the room's nodes a node shall pull: one that may feed another, with the shortest way; one that the
     * room leaves only if there is no other.
     */
    Optional<NodeId> parent(Placement placement, NodeId child) {
        return placement.sites().stream()
                .map(site -> site.node().id())
                .filter(site -> !placement.isBelow(site, child))
                .filter(site -> step.fleet().pulledFrom(site) < growth.edgesPerNode())
                .min(Comparator.comparing(site -> step.fleet().isLeaving(placement, site)));
    }

    /**
     * Gives up edges on which nobody has had a seat for a while, and from which no other pulls; and rooms in which nobody
     * has at all: a seat may have been asked for, and the room closed, and been heard of in the other order.
     */
    void shrink() {
        step.fleet().placements().forEach((room, placement) -> {
            if (isForgotten(room, placement)) {
                placement.sites().forEach(step::release);
                step.tell(room, new MediaEvent.RoomReleased());
                return;
            }
            placement.edges().values().stream()
                    .filter(edge -> hasLingered(edge.unused(), linger(placement, edge))
                            && placement.children(edge.node().id()).isEmpty())
                    .forEach(edge -> {
                        step.tell(room, new MediaEvent.EdgeGone(edge.node()));
                        step.release(new Site(edge.node(), edge.pipeline()));
                    });
        });
    }

    private boolean isForgotten(RoomId room, Placement placement) {
        return hasLingered(placement.unused(), growth.linger())
                && !step.fleet().pending().containsKey(room)
                && !step.fleet().queue().waitsFor(room);
    }

    private boolean hasLingered(@Nullable Instant unused, Duration linger) {
        return unused != null && !unused.plus(linger).isAfter(step.input().at());
    }

    private Duration linger(Placement placement, Edge edge) {
        return step.fleet().isLeaving(placement, edge.node().id()) ? LAST_LINKS : growth.linger();
    }
}
