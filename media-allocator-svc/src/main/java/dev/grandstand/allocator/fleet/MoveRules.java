package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;

/** Who moves from one node to another, with a seat at both ends until it is confirmed, in one step of {@link FleetRules}. */
final class MoveRules {

    private final Step step;
    private final TreeRules tree;
    private final Moves moves;

    MoveRules(Step step, TreeRules tree, Moves moves) {
        this.step = step;
        this.tree = tree;
        this.moves = moves;
    }

    void confirmed(FleetInput.MoveConfirmed confirmed) {
        var seat = step.fleet().seats().find(confirmed.room(), confirmed.participant());
        if (seat != null && (confirmed.node() == null || seat.node().equals(confirmed.node()))) {
            moved(confirmed.room(), confirmed.participant());
        }
    }

    private void moved(RoomId room, ParticipantId participant) {
        var seat = step.fleet().seats().find(room, participant);
        var move = seat == null ? null : seat.move();
        if (move != null) {
            step.fleet()
                    .placement(room)
                    .flatMap(placement -> placement.site(move.from()))
                    .ifPresent(from -> step.tell(room, new MediaEvent.SeatMoved(participant, from.node())));
        }
    }

    void takeBackOverdue() {
        var latest = step.input().at().minus(moves.limit());
        step.fleet().seats().moving().forEach((person, seat) -> {
            if (seat.move() != null && !seat.move().began().isAfter(latest)) {
                moved(person.room(), person.participant());
            }
        });
    }

    void originOrdered(FleetInput.OriginOrdered ordered) {
        step.fleet()
                .placement(ordered.room())
                .filter(placement -> placement.edges().containsKey(ordered.node()))
                .ifPresent(placement -> {
                    step.tell(ordered.room(), new MediaEvent.OriginMoved(ordered.node()));
                    step.tell(
                            ordered.room(),
                            new MediaEvent.SiteLeaving(placement.node().id()));
                });
    }

    void moveOrdered(FleetInput.MoveOrdered ordered) {
        step.fleet()
                .placement(ordered.room())
                .flatMap(placement -> placement.site(ordered.node()))
                .filter(site -> step.fleet().free(ordered.node()) > 0)
                .filter(site -> step.fleet().hasSeat(ordered.room(), ordered.participant())
                        && !step.fleet().isMoving(ordered.room(), ordered.participant()))
                .ifPresent(site -> step.tell(ordered.room(), moving(ordered.participant(), site)));
    }

    /**
     * Moves people off the nodes that are drained and those that their room leaves, a few at a time; they go before
     * those who wait, for they have a seat. Where there is no other seat they stay.
     */
    void relocate() {
        if (!step.fleet().hasMoves()) {
            return;
        }
        int more = moves.atOnce() - step.fleet().moving();
        for (var room : step.fleet().placements().keySet()) {
            more = relocate(room, more);
        }
    }

    private int relocate(RoomId room, int atMost) {
        int more = atMost;
        var placement = step.fleet().placement(room).orElseThrow();
        if (step.fleet().draining().isEmpty() && placement.leaving().isEmpty()) {
            return atMost;
        }
        for (var site : placement.sites()) {
            var node = site.node().id();
            if (step.fleet().isLeaving(placement, node)) {
                more -= moveAway(room, node, more);
                if (step.fleet().seatsOn(room, node).isEmpty()) {
                    vacate(room, site);
                }
            }
        }
        return more;
    }

    private int moveAway(RoomId room, NodeId node, int atMost) {
        int sent = 0;
        for (var participant : step.fleet().seatsOn(room, node)) {
            if (sent >= atMost) {
                break;
            }
            if (!step.fleet().isMoving(room, participant)) {
                var target = step.fleet().placement(room).flatMap(tree::siteWithASeat);
                if (target.isEmpty()) {
                    tree.grow(room);
                    return sent;
                }
                step.tell(room, moving(participant, target.get()));
                sent++;
            }
        }
        return sent;
    }

    /** Nobody has a seat there: another node becomes the origin, and feeds those that were fed from there. */
    private void vacate(RoomId room, Site site) {
        var before = step.fleet().placement(room).orElseThrow();
        if (before.origin().equals(site)) {
            if (tree.awaitsAnOrigin(room, before)) {
                return;
            }
            var heir = tree.heir(before);
            if (heir.isEmpty()) {
                if (before.edges().isEmpty()) {
                    step.tell(room, new MediaEvent.RoomMediaLost(site.node()));
                    step.release(site);
                }
                return;
            }
            step.tell(room, new MediaEvent.OriginMoved(heir.get()));
        }
        for (var fed :
                step.fleet().placement(room).orElseThrow().children(site.node().id())) {
            var now = step.fleet().placement(room).orElseThrow();
            tree.parent(now, fed.node().id())
                    .filter(parent -> !step.fleet().isLeaving(now, parent))
                    .ifPresent(parent -> step.tell(room, new MediaEvent.EdgeAdded(fed.node(), fed.pipeline(), parent)));
        }
    }

    MediaEvent moving(ParticipantId participant, Site site) {
        return new MediaEvent.SeatMoving(
                participant, site.node(), site.pipeline(), moves.limit().toMillis());
    }
}
