package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;

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
        } else if (step.fleet().waiting(room, asked.participant()).isEmpty()) {
            step.happened(new Fact.Asked(new Waiting(room, asked.participant(), asked.cause(), asked.at(), 0)));
        } else {
            step.fleet()
                    .waiting(room, asked.participant())
                    .filter(who -> who.announced() > 0)
                    .ifPresent(who -> step.tell(room, queued(who, who.announced())));
        }
    }

    void returned(FleetInput.SeatReturned back) {
        if (back.answered()
                || step.fleet().hasSeat(back.room(), back.participant())
                || step.fleet().waiting(back.room(), back.participant()).isPresent()) {
            step.tell(back.room(), new MediaEvent.SeatReleased(back.participant()));
        }
        abandonIfUnwanted(back.room());
    }

    /** Gives free seats to those who wait. */
    void settle() {
        for (var who : step.fleet().queue()) {
            if (step.fleet().nodes().keySet().stream()
                    .allMatch(node -> step.fleet().free(node) == 0)) {
                return;
            }
            step.fleet()
                    .placement(who.room())
                    .flatMap(tree::siteWithASeat)
                    .ifPresentOrElse(
                            site -> step.tell(who.room(), who.cause(), who.at(), granted(who.participant(), site)),
                            () -> tree.grow(who.room()));
        }
    }

    /**
     * Tells positions: at once to those who have heard none yet, and to the others with the next tick, so that one
     * seat that becomes free does not cost an event for everybody who waits. Who waits for the pipeline of their room
     * is told when it is there.
     */
    void announce(boolean newcomersOnly) {
        if (newcomersOnly && step.fleet().queue().stream().noneMatch(who -> who.announced() == 0)) {
            return;
        }
        Positions.of(step.fleet()).forEach((who, position) -> {
            boolean newcomer = who.announced() == 0;
            if (newcomersOnly ? newcomer : !newcomer && isNews(who.announced(), position)) {
                step.tell(who.room(), who.cause(), who.at(), queued(who, position));
            }
        });
    }

    /** Far back in the queue a place more or less is no news. */
    private static boolean isNews(int told, int position) {
        return Math.abs(told - position) * 10 >= Math.max(told, 10);
    }

    private void abandonIfUnwanted(RoomId room) {
        if (step.fleet().pending().containsKey(room)
                && step.fleet().queue().stream().noneMatch(who -> who.room().equals(room))) {
            step.happened(new Fact.PlacementAbandoned(room));
        }
    }

    private MediaEvent.SeatQueued queued(Waiting who, int position) {
        return new MediaEvent.SeatQueued(
                who.participant(),
                position,
                step.fleet().turnover().expectedWait(position).toMillis());
    }

    private MediaEvent granted(ParticipantId participant, Site site) {
        return new MediaEvent.SeatGranted(participant, site.node(), site.pipeline());
    }
}
