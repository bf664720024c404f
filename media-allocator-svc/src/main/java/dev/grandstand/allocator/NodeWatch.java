package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.fleet.Arrival;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.allocator.fleet.NodeState;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.mediaclient.NodeLoad;
import dev.grandstand.mediaclient.Pipeline;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every node: how busy it is, whether it answers, which pipelines it has. A node that is lost is looked at further
 * on, and is as good as new when it answers again. Confined to the allocator's context.
 */
final class NodeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
    private static final int MISSES_TO_BE_LOST = 3;

    /** How long a node without media is left alone; if it was not the node's fault, that is what the mistake costs. */
    private static final Duration RETIREMENT = Duration.ofMinutes(1);

    private final MediaServers servers;
    private final Allocator allocator;
    private final AllocatorConfig config;
    private final InstantSource clock;
    private final Runnable missed;
    private final FleetSource source;
    private final Map<NodeRef, Duty> nodes = new HashMap<>();
    private final Set<NodeRef> beingLookedAt = new HashSet<>();
    private final Map<NodeRef, NodeLoad> loads = new HashMap<>();
    private final Map<NodeRef, Map<String, Instant>> orphans = new HashMap<>();
    private final Map<NodeRef, Instant> retiredUntil = new HashMap<>();
    private final Map<NodeRef, Integer> misses = new HashMap<>();
    private final NodeConditions conditions;
    private final Set<NodeRef> worn = new HashSet<>();
    private boolean looks;

    /**
     * @param missed is told of each look that was not answered
     * @param source is told of nodes that have had their time
     */
    NodeWatch(
            MediaServers servers,
            Allocator allocator,
            AllocatorConfig config,
            InstantSource clock,
            Runnable missed,
            FleetSource source) {
        this.missed = missed;
        this.source = source;
        this.servers = servers;
        this.allocator = allocator;
        this.config = config;
        this.conditions = new NodeConditions(config.seats(), config.wear());
        this.clock = clock;
    }

    /** The fleet is now this one; nodes that come later are looked at when they come. */
    void fleetIs(Set<FleetMember> fleet) {
        var gone = new HashSet<>(nodes.keySet());
        allocator.fleet().placements().values().stream()
                .flatMap(placement -> placement.sites().stream())
                .forEach(site -> gone.add(site.node()));
        fleet.forEach(member -> gone.remove(member.ref()));
        gone.forEach(node -> lost(node, true));
        var added = new HashSet<>(fleet);
        added.removeIf(member -> nodes.containsKey(member.ref()));
        nodes.clear();
        fleet.forEach(member -> nodes.put(member.ref(), member.duty()));
        if (looks) {
            added.forEach(member -> look(member.ref()));
        }
    }

    /** Nodes that are being started, and when they will have seats. */
    void seatsExpected(List<Arrival> arrivals) {
        allocator.handle(new FleetInput.SeatsExpected(CommandId.random(), clock.instant(), arrivals));
    }

    /** Looks no more; answers that are still to come are not heard. */
    void stop() {
        nodes.clear();
    }

    /** What a node said of itself when it was last asked. */
    @Nullable
    NodeLoad load(NodeRef node) {
        return loads.get(node);
    }

    /**
     * Makes the connections to those nodes that rooms are on, before it is known which nodes there are. Whether that succeeded is
     * seen at the first look.
     */
    void approach() {
        allocator.fleet().placements().values().stream()
                .flatMap(placement -> placement.sites().stream())
                .map(Site::node)
                .distinct()
                .forEach(node -> servers.on(node).load());
    }

    /** Completes when every node has answered or failed to. */
    Future<Void> look() {
        looks = true;
        return Future.join(nodes.keySet().stream().map(this::look).toList())
                .transform(looked -> Future.succeededFuture());
    }

    /**
     * A node answers, but no media arrives there: its rooms go elsewhere, and it gets nothing for a while. The last one that
     * answers is kept: there is nowhere to go from it.
     */
    void retire(NodeRef node) {
        if (nodes.containsKey(node)
                && isAnswering(node)
                && nodes.keySet().stream().filter(this::isAnswering).count() > 1) {
            LOG.atWarn().addKeyValue("node", node.id()).log("media node carries no media; retired");
            retiredUntil.put(node, clock.instant().plus(RETIREMENT));
            lost(node, false);
        }
    }

    /** A node has no room for more, whatever it was taken to carry. */
    void refused(NodeRef node) {
        if (nodes.containsKey(node)) {
            LOG.atWarn().addKeyValue("node", node.id()).log("media node says that it is full");
            conditions.refused(node, taken(node), clock.instant());
            observed(node, isAnswering(node), cpuPercent(node));
        }
    }

    /**
     * Has nodes emptied that have had their time, one after another, and only while the others have seats for those who are
     * there, or an allocator before this one has begun with it.
     */
    private void retireIfWorn(NodeRef node, NodeLoad load) {
        var fleet = allocator.fleet();
        if (!worn.isEmpty() || !conditions.isWorn(node, load, clock.instant())) {
            return;
        }
        int elsewhere = fleet.nodes().keySet().stream()
                .filter(other -> !other.equals(node.id()))
                .mapToInt(fleet::free)
                .sum();
        if (elsewhere > taken(node) || fleet.draining().contains(node.id())) {
            LOG.atWarn()
                    .addKeyValue("node", node.id())
                    .addKeyValue("memory", load.memoryBytes())
                    .addKeyValue("since", load.since())
                    .log("media node has had its time; drained");
            worn.add(node);
            source.wornOut(node.id());
        }
    }

    private int taken(NodeRef node) {
        return allocator.fleet().reserved(node.id());
    }

    private double cpuPercent(NodeRef node) {
        var load = loads.get(node);
        return load == null ? 0 : load.cpuPercent();
    }

    /** A connection says that a node is gone; what comes back is another process. */
    void lost(NodeRef node) {
        retiredUntil.remove(node);
        if (nodes.containsKey(node)) {
            lost(node, false);
        }
    }

    private void lost(NodeRef node, boolean removed) {
        loads.remove(node);
        conditions.forget(node);
        allocator.handle(new FleetInput.NodeLost(CommandId.random(), clock.instant(), node, removed));
        if (worn.remove(node)) {
            source.renewed(node.id());
        }
    }

    private Future<Void> look(NodeRef node) {
        if (!beingLookedAt.add(node)) {
            return Future.succeededFuture();
        }
        var server = servers.on(node);
        var placedBefore = placedOn(node);
        return server.pipelines()
                .compose(found -> server.load().<Void>map(load -> {
                    answered(node, load, found, placedBefore);
                    return null;
                }))
                .onFailure(failure -> silent(node, failure))
                .onComplete(looked -> beingLookedAt.remove(node));
    }

    private void answered(NodeRef node, NodeLoad load, List<Pipeline> found, Set<String> placedBefore) {
        if (!nodes.containsKey(node)) {
            return;
        }
        misses.remove(node);
        loads.put(node, load);
        conditions.looked(node, taken(node), load);
        if (isRetired(node)) {
            observed(node, false, load.cpuPercent());
            sweep(node, found);
            return;
        }
        if (!isAnswering(node)) {
            LOG.atInfo().addKeyValue("node", node.id()).log("media node serves");
            // What was placed while the node was looked at cannot be in what it said.
            var there = placedOn(node);
            placedBefore.removeAll(ids(found));
            there.removeAll(placedBefore);
            allocator.handle(new FleetInput.PipelinesFound(CommandId.random(), clock.instant(), node, there));
        }
        observed(node, true, load.cpuPercent());
        retireIfWorn(node, load);
        sweep(node, found);
    }

    private void observed(NodeRef node, boolean answering, double cpuPercent) {
        allocator.handle(
                new FleetInput.NodeObserved(CommandId.random(), clock.instant(), state(node, answering, cpuPercent)));
    }

    private boolean isRetired(NodeRef node) {
        var until = retiredUntil.get(node);
        if (until != null && !until.isAfter(clock.instant())) {
            retiredUntil.remove(node);
            return false;
        }
        return until != null;
    }

    /**
     * One miss says nothing: the connection may be coming back, and if not {@link MediaServers#onNodeLost} tells. After the
     * second the node gets nothing new, and after the third its rooms are lost if it cannot be reached: that is for a node
     * that has not been reached in this life of the allocator at all.
     */
    private void silent(NodeRef node, Throwable failure) {
        if (!nodes.containsKey(node)) {
            return;
        }
        missed.run();
        int inARow = misses.merge(node, 1, Integer::sum);
        if (inARow == 1) {
            LOG.atWarn()
                    .addKeyValue("node", node.id())
                    .addKeyValue("reason", failure.getMessage())
                    .log("media node does not answer");
        }
        if (inARow == 1 && isAnswering(node)) {
            return;
        }
        boolean unreachable =
                failure instanceof MediaFailure refused && refused.kind() == MediaFailure.Kind.NODE_UNREACHABLE;
        if (unreachable && inARow == MISSES_TO_BE_LOST) {
            lost(node, false);
        } else {
            observed(node, false, 0);
        }
    }

    private NodeState state(NodeRef node, boolean answering, double cpuPercent) {
        int seats = conditions.seats(node, taken(node), clock.instant());
        return new NodeState(node, nodes.getOrDefault(node, Duty.ANY), seats, answering, cpuPercent);
    }

    /** Releases pipelines of ours that no room has: left by an allocator that died, or by a node that came back. */
    private void sweep(NodeRef node, List<Pipeline> found) {
        var placed = placedOn(node);
        var now = clock.instant();
        var known = orphans.getOrDefault(node, Map.of());
        Map<String, Instant> strays = new HashMap<>();
        found.stream()
                .filter(pipeline -> pipeline.tags().containsKey(Allocator.ROOM_TAG) && !placed.contains(pipeline.id()))
                .forEach(pipeline -> strays.put(pipeline.id(), known.getOrDefault(pipeline.id(), now)));
        orphans.put(node, strays);
        strays.forEach((pipeline, since) -> {
            if (!since.plus(config.orphanGrace()).isAfter(now)) {
                release(node, pipeline);
            }
        });
    }

    private void release(NodeRef node, String orphan) {
        LOG.atWarn()
                .addKeyValue("node", node.id())
                .addKeyValue("pipeline", orphan)
                .log("releasing an orphan");
        servers.on(node).release(orphan).onFailure(failure -> LOG.atWarn()
                .addKeyValue("pipeline", orphan)
                .setCause(failure)
                .log("orphan not released"));
    }

    private Set<String> placedOn(NodeRef node) {
        return allocator.fleet().placements().values().stream()
                .flatMap(placement -> placement.site(node.id()).stream())
                .map(Site::pipeline)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> ids(List<Pipeline> pipelines) {
        return pipelines.stream().map(Pipeline::id).collect(Collectors.toSet());
    }

    private boolean isAnswering(NodeRef node) {
        var state = allocator.fleet().nodes().get(node.id());
        return state != null && state.answering();
    }
}
