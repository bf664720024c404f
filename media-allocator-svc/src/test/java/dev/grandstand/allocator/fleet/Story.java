package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.media.MediaEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Given what happened, when somebody asks, then this is told and done. Pipelines are made when the story says so. */
final class Story {

    static final NodeRef A = node("a");
    static final NodeRef B = node("b");
    static final NodeRef C = node("c");
    static final RoomId SHOW = new RoomId("show");
    static final RoomId OTHER = new RoomId("other");

    private final FleetRules rules;
    private Fleet fleet = Fleet.EMPTY;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int commands;
    private List<MediaEvent> told = List.of();
    private List<Effect> done = List.of();

    Story(PlacementStrategy strategy) {
        this(strategy, Growth.DEFAULT);
    }

    Story(PlacementStrategy strategy, Growth growth) {
        this.rules = new FleetRules(strategy, growth, new Moves(2, Duration.ofSeconds(20)), Duration.ofMinutes(2));
    }

    static Story spread() {
        return new Story(new Spread());
    }

    static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }

    static ParticipantId person(String name) {
        return new ParticipantId(name);
    }

    Story node(NodeRef node, int seats) {
        return node(node, Duty.ANY, seats);
    }

    Story node(NodeRef node, Duty duty, int seats) {
        return when(new FleetInput.NodeObserved(next(), now, new NodeState(node, duty, seats, true, 0)));
    }

    Story asks(RoomId room, String name) {
        return asks(room, name, 0);
    }

    Story asks(RoomId room, String name, int priority) {
        return when(new FleetInput.SeatRequested(next(), now, room, person(name), new SeatPriority(priority)));
    }

    Story announced(RoomId room, int people) {
        return when(new FleetInput.AudienceExpected(next(), now, room, people));
    }

    Story expects(Arrival... arrivals) {
        return when(new FleetInput.SeatsExpected(next(), now, List.of(arrivals)));
    }

    /** Asks, and the pipeline is there at once. */
    Story seats(RoomId room, NodeRef node, String... names) {
        for (var name : names) {
            asks(room, name);
            if (fleet.pending().containsKey(room)) {
                made(room, node);
            }
        }
        return this;
    }

    Story returns(RoomId room, String name) {
        return when(new FleetInput.SeatReturned(next(), now, room, person(name), true));
    }

    Story declines(RoomId room, String name, NodeRef node) {
        return when(new FleetInput.SeatDeclined(next(), now, room, person(name), node.id(), SeatPriority.ORDINARY));
    }

    Story left(RoomId room, String name) {
        return when(new FleetInput.SeatReturned(next(), now, room, person(name), false));
    }

    Story closes(RoomId room) {
        return when(new FleetInput.RoomEnded(next(), now, room, Instant.MAX));
    }

    Story closed(RoomId room, Instant until) {
        return when(new FleetInput.RoomEnded(next(), now, room, until));
    }

    Story made(RoomId room, NodeRef node) {
        return when(new FleetInput.PipelineMade(next(), now, room, node, room + "@" + node.id()));
    }

    Story fails(RoomId room, NodeRef node) {
        return when(new FleetInput.PipelineFailed(next(), now, room, node));
    }

    Story loses(NodeRef node) {
        return when(new FleetInput.NodeLost(next(), now, node, false));
    }

    Story finds(NodeRef node, String... pipelines) {
        return when(new FleetInput.PipelinesFound(next(), now, node, Set.of(pipelines)));
    }

    Story ticks() {
        return when(new FleetInput.Ticked(next(), now));
    }

    Story drains(NodeRef node) {
        return when(new FleetInput.DrainOrdered(next(), now, node.id(), true));
    }

    Story usesAgain(NodeRef node) {
        return when(new FleetInput.DrainOrdered(next(), now, node.id(), false));
    }

    Story hasMoved(RoomId room, String name) {
        var to = fleet.seat(room, person(name)).orElseThrow().node();
        return hasMovedTo(room, name, to);
    }

    Story hasMovedTo(RoomId room, String name, NodeRef node) {
        return when(new FleetInput.MoveConfirmed(next(), now, room, person(name), node.id()));
    }

    Story originTo(RoomId room, NodeRef node) {
        return when(new FleetInput.OriginOrdered(next(), now, room, node.id()));
    }

    Story movesTo(RoomId room, String name, NodeRef node) {
        return when(new FleetInput.MoveOrdered(next(), now, room, person(name), node.id()));
    }

    Story passes(long seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    Instant now() {
        return now;
    }

    Fleet fleet() {
        return fleet;
    }

    List<MediaEvent> told() {
        return told;
    }

    Story then(MediaEvent... events) {
        assertThat(told).containsExactly(events);
        return this;
    }

    Story thenDone(Effect... effects) {
        assertThat(done).containsExactly(effects);
        return this;
    }

    static MediaEvent granted(RoomId room, String name, NodeRef node) {
        return new MediaEvent.SeatGranted(person(name), node, room + "@" + node.id());
    }

    static MediaEvent placed(RoomId room, NodeRef node) {
        return new MediaEvent.RoomPlaced(node, room + "@" + node.id());
    }

    static MediaEvent edge(RoomId room, NodeRef node, NodeRef parent) {
        return new MediaEvent.EdgeAdded(node, room + "@" + node.id(), parent.id());
    }

    static MediaEvent moving(RoomId room, String name, NodeRef node) {
        return new MediaEvent.SeatMoving(person(name), node, room + "@" + node.id(), 20_000);
    }

    static MediaEvent moved(String name, NodeRef from) {
        return new MediaEvent.SeatMoved(person(name), from);
    }

    static Effect made(NodeRef node) {
        return new Effect.CreatePipeline(SHOW, node);
    }

    static Effect given(NodeRef node) {
        return new Effect.ReleasePipeline(node, SHOW + "@" + node.id());
    }

    static MediaEvent queued(String name, int position, long seconds) {
        return queued(name, 0, position, seconds);
    }

    static MediaEvent queued(String name, int priority, int position, long seconds) {
        return new MediaEvent.SeatQueued(person(name), position, seconds * 1000, new SeatPriority(priority));
    }

    static MediaEvent refused(String name, long seconds) {
        return new MediaEvent.SeatRefused(person(name), seconds * 1000);
    }

    static MediaEvent released(String name) {
        return new MediaEvent.SeatReleased(person(name));
    }

    private CommandId next() {
        return new CommandId("c" + ++commands);
    }

    private Story when(FleetInput input) {
        var before = fleet;
        var decision = rules.decide(before, input);
        var replayed = before;
        for (var fact : new ArrayList<>(decision.facts())) {
            replayed = replayed.evolve(fact);
        }
        assertThat(replayed).isEqualTo(decision.fleet());
        fleet = decision.fleet();
        told = decision.events().stream().map(event -> event.event()).toList();
        done = decision.effects();
        return this;
    }
}
