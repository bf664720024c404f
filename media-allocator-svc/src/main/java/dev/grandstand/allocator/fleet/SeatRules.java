package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;

/** Who asks for a seat, waits for one, and has one, in one step of {@link FleetRules}. */
final class SeatRules {

    private final Step step;
    private final TreeRules tree;
    private final MoveRules moves;

    SeatRules(Step step, TreeRules tree, MoveRules moves) {
        this.step = step;
        this.tree = tree;
        this.moves = moves;
    }

    void requested(FleetInput.SeatRequested asked) {
        var room = asked.room();
        var seat = step.fleet().seat(room, asked.participant());
        if (seat.isPresent()) {
            step.tell(
                    room,
                    step.fleet().isMoving(room, asked.participant())
                            ? moves.moving(asked.participant(), seat.get())
                            : granted(asked.participant(), seat.get()));
        } else if (step.fleet().queue().isEmpty()) {
            siteWithASeat(room)
                    .ifPresentOrElse(site -> step.tell(room, granted(asked.participant(), site)), () -> waits(asked));
        } else if (step.fleet().waiting(room, asked.participant()).isEmpty()) {
            waits(asked);
        } else {
            step.fleet()
                    .waiting(room, asked.participant())
                    .filter(who -> who.announced() > 0)
                    .ifPresent(who -> step.tell(room, queued(who, who.announced())));
        }
    }

    private Optional<Site> siteWithASeat(RoomId room) {
        return step.fleet().placement(room).flatMap(tree::siteWithASeat);
    }

    private void waits(FleetInput.SeatRequested asked) {
        step.happened(new Fact.Asked(new Waiting(
                asked.room(), asked.participant(), asked.priority(), asked.cause(), asked.at(), 0, Duration.ZERO)));
    }

    void returned(FleetInput.SeatReturned back) {
        if (back.answered()
                || step.fleet().hasSeat(back.room(), back.participant())
                || step.fleet().waiting(back.room(), back.participant()).isPresent()) {
            step.tell(back.room(), new MediaEvent.SeatReleased(back.participant()));
        }
        abandonIfUnwanted(back.room());
    }

    /**
     * Whoever moves still has the seat that they come from, and is taken back there when it is time; everybody else waits for
     * another, as from now. The node has as many as are left, until it is looked at again.
     */
    void declined(FleetInput.SeatDeclined declined) {
        var room = declined.room();
        var who = declined.participant();
        var seat = step.fleet().seats().find(room, who);
        if (seat == null || seat.move() != null || !seat.node().equals(declined.node())) {
            return;
        }
        step.tell(room, new MediaEvent.SeatReleased(who));
        var node = step.fleet().nodes().get(declined.node());
        if (node != null) {
            int left = Math.min(node.seats(), step.fleet().reserved(declined.node()));
            step.happened(new Fact.NodeSeen(node.offering(left)));
        }
        step.happened(new Fact.Asked(
                new Waiting(room, who, declined.priority(), declined.cause(), declined.at(), 0, Duration.ZERO)));
    }

    /** Gives free seats to those who wait: the first of each room is a candidate, and of these whoever goes first. */
    void settle() {
        if (step.fleet().queue().isEmpty()) {
            return;
        }
        var heads = new PriorityQueue<>(Waiting.ORDER);
        heads.addAll(step.fleet().queue().heads());
        while (!heads.isEmpty()) {
            var who = heads.remove();
            var site = siteWithASeat(who.room());
            if (site.isPresent()) {
                step.tell(who.room(), who.cause(), who.at(), granted(who.participant(), site.get()));
                step.fleet().queue().head(who.room()).ifPresent(heads::add);
            } else if (step.fleet().hasFreeSeat()) {
                tree.grow(who.room());
            } else {
                return;
            }
        }
    }

    /** Nobody waits for ever; who waits for the pipeline of their room is about to be seated. */
    void refuseOverdue(Duration patience) {
        var latest = step.input().at().minus(patience);
        var overdue = step.fleet().queue().stream()
                .filter(who ->
                        !who.at().isAfter(latest) && !step.fleet().pending().containsKey(who.room()))
                .toList();
        for (var who : overdue) {
            var waited = Duration.between(who.at(), step.input().at());
            step.tell(
                    who.room(),
                    who.cause(),
                    step.input().at(),
                    new MediaEvent.SeatRefused(who.participant(), waited.toMillis()));
        }
    }

    /**
     * Tells positions to those who have heard none yet. Who waits for the pipeline of their room is told when it is there.
     */
    void announceNewcomers() {
        var pending = step.fleet().pending().keySet();
        var queue = step.fleet().queue();
        for (var who : queue.untoldBut(pending)) {
            tell(who, queue.position(who, pending));
        }
    }

    /** Tells the others with each tick only, so that a seat that becomes free does not cost an event for everybody. */
    void announceChanges() {
        int position = 0;
        for (var who : step.fleet().queue()) {
            if (step.fleet().pending().containsKey(who.room())) {
                continue;
            }
            position++;
            if (who.announced() > 0 && (isNews(who.announced(), position) || isNews(who.expected(), wait(position)))) {
                tell(who, position);
            }
        }
    }

    /** Far back in the queue a place more or less is no news. */
    private static boolean isNews(int told, int position) {
        return Math.abs(told - position) * 10 >= Math.max(told, 10);
    }

    /** A third less or half more. */
    private static boolean isNews(Duration told, Duration wait) {
        return wait.toMillis() * 3 <= told.toMillis() * 2 || wait.toMillis() * 2 >= told.toMillis() * 3;
    }

    private void abandonIfUnwanted(RoomId room) {
        if (step.fleet().pending().containsKey(room) && !step.fleet().queue().waitsFor(room)) {
            step.happened(new Fact.PlacementAbandoned(room));
        }
    }

    private void tell(Waiting who, int position) {
        step.tell(who.room(), who.cause(), who.at(), queued(who, position));
    }

    private MediaEvent.SeatQueued queued(Waiting who, int position) {
        return new MediaEvent.SeatQueued(
                who.participant(), position, wait(position).toMillis(), who.priority());
    }

    private Duration wait(int position) {
        return step.fleet().outlook().expectedWait(position, step.input().at());
    }

    private MediaEvent granted(ParticipantId participant, Site site) {
        return new MediaEvent.SeatGranted(participant, site.node(), site.pipeline());
    }
}
