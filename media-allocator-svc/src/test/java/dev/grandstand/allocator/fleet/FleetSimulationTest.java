package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.media.MediaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random asking, leaving, closing and dying, from one seed; after each step the fleet must be in order. */
class FleetSimulationTest {

    private static final int STEPS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void theFleetStaysInOrder(long seed) {
        var world = new World(seed);
        for (int i = 0; i < STEPS; i++) {
            world.step();
            world.check();
        }
        world.drain();
    }

    private static final class World {

        private final Random random;
        private final int edgesPerNode;
        private final FleetRules rules;
        private final List<NodeRef> nodes = List.of(Story.node("a"), Story.node("b"), Story.node("c"));
        private final List<Effect.CreatePipeline> making = new ArrayList<>();
        private final List<EventRecord<MediaEvent>> log = new ArrayList<>();
        private final Set<String> existing = new HashSet<>();
        private final Set<String> open = new HashSet<>();
        private final Map<NodeId, Duty> duties = new HashMap<>();
        /** An edge on a node that is drained does not count, and does again when the node is used after all. */
        private final Map<NodeId, Integer> pulledBefore = new HashMap<>();

        private final Map<NodeId, Integer> capacity = new HashMap<>();
        private Fleet fleet = Fleet.EMPTY;
        private Instant now = Instant.EPOCH;
        private int ids;

        World(long seed) {
            random = new Random(seed);
            nodes.forEach(node -> duties.put(node.id(), pick(List.of(Duty.ANY, Duty.ANY, Duty.ORIGIN, Duty.EDGE))));
            duties.put(nodes.getFirst().id(), random.nextBoolean() ? Duty.ANY : Duty.ORIGIN);
            edgesPerNode = random.nextInt(4);
            rules = new FleetRules(
                    random.nextBoolean() ? new Spread() : new FullestFirst(),
                    new Growth(edgesPerNode, Duration.ofSeconds(random.nextInt(3)), Duration.ofSeconds(5)),
                    new Moves(1 + random.nextInt(5), Duration.ofSeconds(3)),
                    PATIENCE);
            nodes.forEach(this::appear);
        }

        void step() {
            now = now.plusMillis(1 + random.nextInt(500));
            switch (random.nextInt(100)) {
                case 0 -> lose(pick(nodes));
                case 1, 2 -> appear(pick(nodes));
                case 3, 4 -> hear(new FleetInput.RoomEnded(id(), now, room(), Instant.MAX));
                case 5, 6, 7 -> {
                    hear(new FleetInput.Ticked(id(), now));
                    assertNobodyWaitsForEver();
                }
                case 20 ->
                    hear(new FleetInput.DrainOrdered(id(), now, pick(nodes).id(), random.nextInt(3) == 0));
                case 21, 22, 23, 24 -> arrive();
                case 25 -> order();
                case 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> finish();
                default -> {
                    if (random.nextInt(100) < 55) {
                        ask(room(), "p" + random.nextInt(60));
                    } else {
                        giveBack(room(), "p" + random.nextInt(60));
                    }
                }
            }
        }

        /** When nobody asks any more and nodes have room, nobody waits. */
        void drain() {
            nodes.forEach(node -> capacity.put(node.id(), 10_000));
            nodes.forEach(node -> hear(new FleetInput.DrainOrdered(id(), now, node.id(), false)));
            for (int probes = 0; probes < 20; probes++) {
                nodes.forEach(this::appear);
                while (!making.isEmpty()) {
                    finish();
                }
            }
            assertThat(fleet.queue()).isEmpty();
            assertThat(fleet.pending()).isEmpty();
            check();
        }

        void check() {
            assertSeatsWithinCapacity();
            assertNobodyTwice();
            assertNobodyWaitsBeforeAFreeSeat();
            assertTrees();
            assertTheQueuesOrder();
            assertThat(open).as("asked and not yet released").isEqualTo(holders());
        }

        private void assertTheQueuesOrder() {
            assertThat(fleet.queue().stream().toList())
                    .isSortedAccordingTo(
                            Comparator.comparing(Waiting::priority).reversed().thenComparing(Waiting::at));
            var pending = fleet.pending().keySet();
            var inLine = fleet.queue().stream()
                    .filter(who -> !pending.contains(who.room()))
                    .toList();
            for (int i = 0; i < inLine.size(); i++) {
                if (fleet.queue().position(inLine.get(i), pending) != i + 1) {
                    throw new AssertionError("position of " + inLine.get(i));
                }
            }
            assertThat(fleet.queue().size()).isEqualTo(fleet.queue().line().size());
        }

        private void assertNobodyWaitsForEver() {
            assertThat(fleet.queue().stream()
                            .filter(who -> !fleet.pending().containsKey(who.room()))
                            .filter(who -> !who.at().isAfter(now.minus(PATIENCE))))
                    .isEmpty();
        }

        private void assertSeatsWithinCapacity() {
            Map<NodeId, Integer> seated = new HashMap<>();
            fleet.seats()
                    .rooms()
                    .forEach((room, there) -> there.people().values().forEach(seat -> {
                        assertThat(fleet.placement(room).orElseThrow().site(seat.node()))
                                .isPresent();
                        seated.merge(seat.node(), 1, Integer::sum);
                        if (seat.move() != null) {
                            seated.merge(seat.move().from(), 1, Integer::sum);
                        }
                    }));
            assertThat(fleet.seats().people())
                    .isEqualTo(fleet.seats().rooms().values().stream()
                            .mapToInt(there -> there.people().size())
                            .sum());
            assertThat(fleet.moving())
                    .isEqualTo(fleet.seats().rooms().values().stream()
                            .flatMap(there -> there.people().values().stream())
                            .filter(seat -> seat.move() != null)
                            .count());
            for (var node : nodes) {
                int taken = seated.getOrDefault(node.id(), 0);
                assertThat(fleet.seats().rooms().keySet().stream()
                                .mapToInt(room -> fleet.seatsOn(room, node.id()).size())
                                .sum())
                        .isEqualTo(taken);
                assertThat(fleet.taken().getOrDefault(node.id(), 0)).isEqualTo(taken);
                assertThat(fleet.reserved(node.id())).isLessThanOrEqualTo(Math.max(capacity.get(node.id()), taken));
                assertThat(taken).isLessThanOrEqualTo(capacity.get(node.id()));
            }
        }

        private void assertNobodyTwice() {
            var waiting = fleet.queue().stream()
                    .map(who -> key(who.room(), who.participant()))
                    .toList();
            assertThat(waiting).doesNotHaveDuplicates();
            fleet.queue().forEach(who -> assertThat(fleet.hasSeat(who.room(), who.participant()))
                    .isFalse());
        }

        /** First come, first served: whoever waits could not be served. */
        private void assertNobodyWaitsBeforeAFreeSeat() {
            for (var who : fleet.queue()) {
                if (fleet.pending().containsKey(who.room())) {
                    continue;
                }
                assertThat(who.announced()).as("told a position").isPositive();
                var stuck = fleet.placement(who.room()).filter(placed -> !canGrow(placed));
                var usable = stuck.map(placed -> placed.sites().stream()
                                .map(Site::node)
                                .filter(node -> !fleet.isLeaving(placed, node.id()))
                                .toList())
                        .orElseGet(() -> nodes.stream()
                                .filter(node -> mayServe(who.room(), node.id()))
                                .filter(node -> fleet.placement(who.room())
                                        .filter(placed -> fleet.isLeaving(placed, node.id()))
                                        .isEmpty())
                                .toList());
                usable.forEach(node -> assertThat(fleet.placement(who.room())
                                .filter(placed -> placed.site(node.id()).isPresent())
                                .map(placed -> fleet.freeFor(placed, node.id()))
                                .orElseGet(() -> fleet.free(node.id())))
                        .isZero());
            }
        }

        private boolean mayServe(RoomId room, NodeId node) {
            return fleet.placement(room)
                    .map(placed ->
                            placed.site(node).isPresent() || fleet.duty(node).mayBeEdge())
                    .orElseGet(() -> fleet.duty(node).mayBeOrigin());
        }

        /** Every edge hangs on the origin, by however many others, and no node feeds more than it may. */
        private void assertTrees() {
            fleet.placements()
                    .values()
                    .forEach(placement -> placement.edges().values().forEach(edge -> {
                        assertThat(placement.isBelow(
                                        edge.node().id(), placement.node().id()))
                                .isTrue();
                        assertThat(existing).contains(edge.pipeline());
                    }));
            for (var node : nodes) {
                int pulling = fleet.pulledFrom(node.id());
                assertThat(pulling)
                        .isLessThanOrEqualTo(Math.max(edgesPerNode, pulledBefore.getOrDefault(node.id(), 0)));
                pulledBefore.computeIfPresent(node.id(), (id, before) -> Math.min(before, pulling));
            }
        }

        private boolean canGrow(Placement placed) {
            return placed.sites().stream()
                    .anyMatch(site -> fleet.pulledFrom(site.node().id()) < edgesPerNode);
        }

        private Set<String> holders() {
            var holders = fleet.queue().stream()
                    .map(who -> key(who.room(), who.participant()))
                    .collect(Collectors.toCollection(HashSet::new));
            fleet.seats().rooms().forEach((room, there) -> there.people()
                    .keySet()
                    .forEach(person -> holders.add(key(room, person))));
            return holders;
        }

        private void ask(RoomId room, String person) {
            open.add(key(room, new ParticipantId(person)));
            hear(new FleetInput.SeatRequested(
                    id(), now, room, new ParticipantId(person), new SeatPriority(random.nextInt(10))));
        }

        private void giveBack(RoomId room, String person) {
            hear(new FleetInput.SeatReturned(id(), now, room, new ParticipantId(person), random.nextBoolean()));
        }

        /** Somebody who had to move has moved. */
        private void arrive() {
            fleet.seats().moving().forEach((person, seat) -> {
                if (random.nextInt(3) == 0) {
                    var to = random.nextInt(4) == 0 ? pick(nodes).id() : seat.node();
                    hear(new FleetInput.MoveConfirmed(id(), now, person.room(), person.participant(), to));
                }
            });
        }

        private void order() {
            var room = room();
            var node = pick(nodes).id();
            hear(new FleetInput.OriginOrdered(id(), now, room, node));
            hear(new FleetInput.MoveOrdered(id(), now, room(), new ParticipantId("p" + random.nextInt(60)), node));
        }

        private void appear(NodeRef node) {
            int seats = capacity.computeIfAbsent(node.id(), fresh -> 1 + random.nextInt(12));
            hear(new FleetInput.NodeObserved(
                    id(), now, new NodeState(node, duties.get(node.id()), seats, true, random.nextInt(100))));
        }

        private void lose(NodeRef node) {
            existing.removeIf(pipeline -> pipeline.startsWith(node.id() + "/"));
            hear(new FleetInput.NodeLost(id(), now, node, false));
        }

        private void finish() {
            if (making.isEmpty()) {
                return;
            }
            var effect = making.remove(random.nextInt(making.size()));
            if (random.nextInt(10) == 0) {
                hear(new FleetInput.PipelineFailed(id(), now, effect.room(), effect.node()));
                return;
            }
            var pipeline = effect.node().id() + "/" + ++ids;
            existing.add(pipeline);
            hear(new FleetInput.PipelineMade(id(), now, effect.room(), effect.node(), pipeline));
        }

        private void hear(FleetInput input) {
            var decision = rules.decide(fleet, input);
            fleet = decision.fleet();
            if (input instanceof FleetInput.DrainOrdered(var cause, var at, var node, var drains) && !drains) {
                nodes.forEach(one -> pulledBefore.put(one.id(), fleet.pulledFrom(one.id())));
            }
            log.addAll(decision.events());
            decision.events().forEach(this::account);
            for (var effect : decision.effects()) {
                switch (effect) {
                    case Effect.CreatePipeline create -> making.add(create);
                    case Effect.ReleasePipeline(var node, var pipeline) ->
                        assertThat(existing.remove(pipeline))
                                .as("released once: " + pipeline)
                                .isTrue();
                }
            }
        }

        /** Whoever asked is open until they are released, or their room is, or its media is lost while they have a seat. */
        private void account(EventRecord<MediaEvent> record) {
            var room = record.room();
            switch (record.event()) {
                case MediaEvent.SeatReleased(var person) -> open.remove(key(room, person));
                case MediaEvent.SeatRefused(var person, var waited) -> {
                    assertThat(waited).isGreaterThanOrEqualTo(PATIENCE.toMillis());
                    open.remove(key(room, person));
                }
                case MediaEvent.RoomReleased() -> open.removeIf(key -> key.startsWith(room + "|"));
                case MediaEvent.RoomMediaLost lost ->
                    open.removeIf(key -> key.startsWith(room + "|")
                            && fleet.queue().stream().noneMatch(who -> key(who.room(), who.participant())
                                    .equals(key)));
                case MediaEvent.EdgeGone(var node) -> {
                    // Whoever had a seat there asks again.
                    open.retainAll(holders());
                }
                case MediaEvent.EdgeAdded added -> {}
                case MediaEvent.OriginMoved moved -> {}
                case MediaEvent.SiteLeaving leaving -> {}
                case MediaEvent.SeatMoving moving -> assertThat(open).contains(key(room, moving.participant()));
                case MediaEvent.SeatMoved moved -> assertThat(open).contains(key(room, moved.participant()));
                case MediaEvent.LinkMade made -> {}
                case MediaEvent.LinkRefused refused -> {}
                case MediaEvent.StreamLed led -> {}
                case MediaEvent.LinkEnded ended -> {}
                case MediaEvent.RoomPlaced placed -> {}
                case MediaEvent.SeatGranted granted -> assertThat(open).contains(key(room, granted.participant()));
                case MediaEvent.SeatQueued queued -> assertThat(open).contains(key(room, queued.participant()));
            }
        }

        private RoomId room() {
            return new RoomId("room-" + random.nextInt(6));
        }

        private CommandId id() {
            return new CommandId("c" + ++ids);
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }

        private static String key(RoomId room, ParticipantId person) {
            return room + "|" + person;
        }
    }
}
