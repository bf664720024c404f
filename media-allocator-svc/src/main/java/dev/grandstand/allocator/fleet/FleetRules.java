package dev.grandstand.allocator.fleet;

import java.time.Duration;

/**
 * Who gets which seat. A room begins on one node, its origin, and is on further ones, its edges, as its audience outgrows
 * them. Whoever asks waits in one queue ({@link SeatQueue}); each free seat goes to the first who can use it: one whose
 * room is on that node, or is brought there for it. While a room's pipeline is being made on a node, one seat there is kept
 * for it. Seats nearer to the origin are given first: they have the shorter delay.
 *
 * <p>The rules work on one another: what becomes free in one ({@link TreeRules}, {@link MoveRules}) is given away in the next
 * ({@link SeatRules}).
 */
public final class FleetRules {

    private final PlacementStrategy strategy;
    private final Growth growth;
    private final Moves moves;
    private final Duration patience;

    /**
     * @param strategy chooses the node of a new room, or the next one of a room that grows
     * @param growth how far and how long
     * @param moves how many at a time, and how long
     * @param patience how long anybody waits for a seat at most
     */
    public FleetRules(PlacementStrategy strategy, Growth growth, Moves moves, Duration patience) {
        this.strategy = strategy;
        this.growth = growth;
        this.moves = moves;
        this.patience = patience;
    }

    /** What an input leads to. */
    public Decision decide(Fleet fleet, FleetInput input) {
        var step = new Step(fleet, input);
        var tree = new TreeRules(step, strategy, growth);
        var people = new MoveRules(step, tree, moves);
        var seats = new SeatRules(step, tree, people);
        switch (input) {
            case FleetInput.SeatRequested requested -> seats.requested(requested);
            case FleetInput.SeatReturned returned -> seats.returned(returned);
            case FleetInput.SeatDeclined declined -> seats.declined(declined);
            case FleetInput.RoomEnded ended -> tree.ended(ended);
            case FleetInput.PipelineMade made -> tree.made(made);
            case FleetInput.PipelineFailed failed -> tree.failed(failed);
            case FleetInput.NodeObserved(var cause, var at, var node) -> step.happened(new Fact.NodeSeen(node));
            case FleetInput.NodeLost lost -> tree.lost(lost);
            case FleetInput.PipelinesFound found -> tree.found(found);
            case FleetInput.SeatsExpected(var cause, var at, var arrivals) ->
                step.happened(new Fact.SeatsExpected(arrivals));
            case FleetInput.AudienceExpected expected -> tree.growFor(expected);
            case FleetInput.MoveConfirmed confirmed -> people.confirmed(confirmed);
            case FleetInput.DrainOrdered(var cause, var at, var node, var drains) ->
                step.happened(new Fact.NodeDraining(node, drains));
            case FleetInput.SiteOrdered(var cause, var at, var room, var node) -> tree.begin(room, node);
            case FleetInput.OriginOrdered ordered -> people.originOrdered(ordered);
            case FleetInput.MoveOrdered ordered -> people.moveOrdered(ordered);
            case FleetInput.Ticked ticked -> {
                seats.refuseOverdue(patience);
                seats.announceChanges();
                people.takeBackOverdue();
                tree.shrink();
            }
        }
        if (leadsToMoves(input)) {
            people.relocate();
        }
        seats.settle();
        growAhead(tree, input);
        seats.announceNewcomers();
        return step.decision();
    }

    private static void growAhead(TreeRules tree, FleetInput input) {
        if (input instanceof FleetInput.SeatRequested asked) {
            tree.growAhead(asked.room());
        } else if (input instanceof FleetInput.PipelineMade made) {
            tree.growAhead(made.room());
        } else if (input instanceof FleetInput.Ticked) {
            tree.growAhead();
        }
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
            case FleetInput.SeatDeclined declined -> false;
            case FleetInput.SeatsExpected expected -> false;
            case FleetInput.AudienceExpected expected -> false;
            case FleetInput.RoomEnded ended -> false;
            case FleetInput.PipelineFailed failed -> false;
            case FleetInput.NodeObserved seen -> false;
            case FleetInput.NodeLost lost -> false;
            case FleetInput.PipelinesFound found -> false;
        };
    }
}
