package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.FleetKeeper;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.fleet.Arrival;
import dev.grandstand.allocator.fleet.Fact;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.NodeState;
import dev.grandstand.allocator.scaling.Schedule;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An allocator whose nodes all answer, and that does what a test says. */
final class KeeperOfTests implements FleetKeeper {

    private volatile Fleet fleet = Fleet.EMPTY;
    private final List<Object> published = new CopyOnWriteArrayList<>();
    private volatile Set<FleetMember> nodes = Set.of();
    private volatile List<Arrival> arrivals = List.of();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean shutOut;

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public Schedule schedule() {
        return Schedule.NONE;
    }

    @Override
    public synchronized void nodesAre(Set<FleetMember> now) {
        nodes = now;
        fleet.nodes().keySet().stream()
                .filter(node ->
                        now.stream().noneMatch(member -> member.ref().id().equals(node)))
                .forEach(node -> evolve(new Fact.NodeRemoved(node)));
        now.forEach(member -> evolve(new Fact.NodeSeen(new NodeState(member.ref(), member.duty(), 4, true, 0))));
    }

    @Override
    public void seatsExpected(List<Arrival> now) {
        arrivals = now;
    }

    @Override
    public Future<Void> drain(NodeId node, boolean drains) {
        evolve(new Fact.NodeDraining(node, drains));
        return Future.succeededFuture();
    }

    @Override
    public List<ScalingStep> scalingSteps() {
        return published.stream()
                .filter(ScalingStep.class::isInstance)
                .map(ScalingStep.class::cast)
                .toList()
                .reversed();
    }

    @Override
    public <V> Future<Void> publish(Topic<V> topic, V value) {
        if (shutOut) {
            refused.incrementAndGet();
            return Future.failedFuture("another leads");
        }
        published.add(value);
        return Future.succeededFuture();
    }

    /** As the next allocator is before it knows the nodes: the log tells who sits where. */
    synchronized void forgets() {
        fleet.draining().forEach(node -> evolve(new Fact.NodeDraining(node, false)));
        nodes = Set.of();
    }

    /** Another leads from now on, and this one has not noticed. */
    void isShutOut() {
        shutOut = true;
    }

    /** How often it could not publish. */
    int refused() {
        return refused.get();
    }

    Set<FleetMember> nodes() {
        return nodes;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    List<Object> published() {
        return published;
    }

    /** Somebody gets a seat in a room of their own. */
    void seated(String node, String who) {
        var ref = fleet.nodes().get(new NodeId(node)).ref();
        happened(who, new MediaEvent.RoomPlaced(ref, "pipeline"));
        happened(who, new MediaEvent.SeatGranted(new ParticipantId(who), ref, "pipeline"));
    }

    /** They leave, and the room is gone. */
    void left(String who) {
        happened(who, new MediaEvent.RoomReleased());
    }

    private void happened(String room, MediaEvent event) {
        evolve(new Fact.Published(new EventRecord<>(new RoomId(room), CommandId.random(), Instant.now(), event)));
    }

    private synchronized void evolve(Fact fact) {
        fleet = fleet.evolve(fact);
    }
}
