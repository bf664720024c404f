package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who gets which seat. A room lives on one node; a seat in it is one of that node's. Whoever asks waits in one queue, in
 * the order of asking; each free seat goes to the first who can use it: one whose room is on that node, or whose room is on
 * none yet and is then placed there. While the room's pipeline is being made, its first seat is kept.
 */
public final class FleetRules {

    private final PlacementStrategy strategy;

    /** @param strategy chooses the node of a new room */
    public FleetRules(PlacementStrategy strategy) {
        this.strategy = strategy;
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
            case FleetInput.Ticked ticked -> step.announce(false);
        }
        step.settle();
        step.announce(true);
        return new Decision(step.fleet, step.facts, step.effects);
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
            var placement = fleet.placements().get(room);
            if (placement != null && fleet.hasSeat(room, asked.participant())) {
                tell(room, new MediaEvent.SeatGranted(asked.participant(), placement.node(), placement.pipeline()));
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
            boolean livesOn = fleet.seatsIn(room).values().stream().anyMatch(at -> at.isAfter(ended.until()))
                    || fleet.queue().stream()
                            .anyMatch(who -> who.room().equals(room) && who.at().isAfter(ended.until()));
            if (livesOn) {
                fleet.seatsIn(room).forEach((participant, at) -> {
                    if (!at.isAfter(ended.until())) {
                        tell(room, new MediaEvent.SeatReleased(participant));
                    }
                });
                return;
            }
            var placement = fleet.placements().get(room);
            if (placement != null) {
                effects.add(new Effect.ReleasePipeline(placement.node(), placement.pipeline()));
            }
            if (placement != null
                    || fleet.pending().containsKey(room)
                    || fleet.queue().stream().anyMatch(who -> who.room().equals(room))) {
                tell(room, new MediaEvent.RoomReleased());
            }
        }

        void made(FleetInput.PipelineMade made) {
            if (made.node().equals(fleet.pending().get(made.room()))) {
                tell(made.room(), new MediaEvent.RoomPlaced(made.node(), made.pipeline()));
            } else {
                effects.add(new Effect.ReleasePipeline(made.node(), made.pipeline()));
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
            fleet.roomsOn(id).toList().forEach(room -> tell(room, new MediaEvent.RoomMediaLost(lost.node())));
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
            fleet.placements().forEach((room, placement) -> {
                if (placement.node().id().equals(found.node().id())
                        && !found.pipelines().contains(placement.pipeline())) {
                    tell(room, new MediaEvent.RoomMediaLost(found.node()));
                }
            });
        }

        /** Gives free seats to those who wait. */
        void settle() {
            for (var who : fleet.queue()) {
                if (fleet.nodes().keySet().stream().allMatch(node -> fleet.free(node) == 0)) {
                    return;
                }
                var placement = fleet.placements().get(who.room());
                if (placement != null) {
                    if (fleet.free(placement.node().id()) > 0) {
                        tell(
                                who.room(),
                                who.cause(),
                                who.at(),
                                new MediaEvent.SeatGranted(who.participant(), placement.node(), placement.pipeline()));
                    }
                } else if (!fleet.pending().containsKey(who.room())) {
                    place(who.room());
                }
            }
        }

        private void place(RoomId room) {
            var candidates = fleet.nodes().values().stream()
                    .filter(node -> fleet.free(node.ref().id()) > 0)
                    .map(node -> new PlacementStrategy.Candidate(
                            node, fleet.reserved(node.ref().id())))
                    .toList();
            strategy.choose(candidates).ifPresent(chosen -> {
                var node = chosen.node().ref();
                happened(new Fact.PlacementBegun(room, node));
                effects.add(new Effect.CreatePipeline(room, node));
            });
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
