package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetKeeper;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.cluster.ScalingDesk;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media pods as nodes of the fleet, while an allocator leads. A pod is a node from its first readiness until it is gone
 * ({@link NodeLife}); one that is going is drained. While the API server is away the fleet is what it was.
 */
final class KubernetesFleet implements FleetSource {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesFleet.class);
    private static final Duration RECONCILE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final PodApi api;
    private final WorkerExecutor worker;
    private final int port;
    private final InstantSource clock;
    private final BootTime boot;
    private final KubernetesMetrics metrics;
    private final Map<NodeId, NodeLife> lives = new HashMap<>();
    private final Set<NodeId> beingChecked = new HashSet<>();
    private final Set<NodeId> beingMarked = new HashSet<>();
    private final Departures departures;
    private final Scaling scaling;
    private @Nullable FleetKeeper keeper;
    private @Nullable PodWatch watch;
    private Set<NodeId> firstToGo = Set.of();
    private long reconciling = -1;

    /**
     * @param port of the Kurento protocol at each pod
     * @param scaling made for this fleet
     */
    KubernetesFleet(
            Vertx vertx,
            PodApi api,
            WorkerExecutor worker,
            int port,
            InstantSource clock,
            BootTime boot,
            KubernetesMetrics metrics,
            Function<KubernetesFleet, Scaling> scaling) {
        this.vertx = vertx;
        this.api = api;
        this.worker = worker;
        this.port = port;
        this.clock = clock;
        this.boot = boot;
        this.metrics = metrics;
        this.departures = new Departures(vertx, this::occupancy);
        this.scaling = scaling.apply(this);
    }

    /** With the pods that there are now; an informer's first list may be older, and would lose those that it does not know. */
    @Override
    public Future<Void> start(FleetKeeper to, Future<Void> known) {
        keeper = to;
        var watching = new PodWatch(api, worker, vertx.getOrCreateContext(), this::seen, this::check);
        watch = watching;
        var listed = api.list();
        return known.compose(now -> listed)
                .onSuccess(pods -> {
                    scaling.start();
                    pods.forEach(this::enter);
                    tellNodes();
                    lives.values().forEach(life -> tellDraining(null, life));
                    watching.start();
                    metrics.watch(watching::isWatching);
                    reconciling = vertx.setPeriodic(RECONCILE.toMillis(), timer -> reconcile());
                })
                .mapEmpty();
    }

    @Override
    public Future<Void> stop() {
        vertx.cancelTimer(reconciling);
        scaling.stop();
        return watch == null ? Future.succeededFuture() : watch.stop();
    }

    @Override
    public Optional<ScalingDesk> scaling() {
        return Optional.of(scaling);
    }

    /** Of a pod that is being deleted, or asks from its own address; nobody else needs to ask. */
    @Override
    public Future<Departure> depart(NodeId node, String asker) {
        return api.get(node)
                .compose(found -> found.map(pod -> depart(pod, asker))
                        .orElseGet(() -> Future.succeededFuture(new Departure.Empty())))
                .otherwise(failure -> new Departure.Unknown(String.valueOf(failure.getMessage())));
    }

    private Future<Departure> depart(PodSeen pod, String asker) {
        if (!pod.terminating() && !pod.address().equals(asker)) {
            return Future.succeededFuture(
                    new Departure.Refused("the pod is not being deleted, and this is not its own address"));
        }
        if (lives.containsKey(pod.node())) {
            seen(pod);
            leave(pod.node());
        }
        return departures.wait(pod.node());
    }

    private void leave(NodeId node) {
        if (lives.get(node) instanceof NodeLife.Starting starting) {
            becomes(starting, starting.ends());
        } else {
            drain(node, NodeLife.Why.LEAVING);
        }
    }

    Collection<NodeLife> lives() {
        return List.copyOf(lives.values());
    }

    Occupancy occupancy() {
        return Occupancy.of(keeper().fleet());
    }

    FleetKeeper keeper() {
        return Objects.requireNonNull(keeper, "not started");
    }

    /** A node is emptied because there are to be fewer. */
    void choose(NodeId node) {
        drain(node, NodeLife.Why.CHOSEN);
    }

    /** A node that was chosen is used again. */
    void recall(NodeId node) {
        recall(node, NodeLife.Why.CHOSEN);
    }

    /** It is counted no more, so that the policy orders another. */
    @Override
    public void wornOut(NodeId node) {
        drain(node, NodeLife.Why.WORN);
    }

    /** Another process in the same pod. */
    @Override
    public void renewed(NodeId node) {
        recall(node, NodeLife.Why.WORN);
    }

    private void drain(NodeId node, NodeLife.Why why) {
        switch (lives.get(node)) {
            case NodeLife.Serving serving -> becomes(serving, serving.drains(serving.pod(), why));
            case NodeLife.Draining draining -> becomes(draining, draining.because(why));
            case null, default -> {}
        }
    }

    private void recall(NodeId node, NodeLife.Why why) {
        if (lives.get(node) instanceof NodeLife.Draining draining && draining.why() == why) {
            becomes(draining, draining.recalled(draining.pod()));
        }
    }

    /** Completes when all pods are known as the server has them now. */
    Future<Void> readAnew() {
        return api.list()
                .onSuccess(pods -> pods.forEach(this::seen))
                .onSuccess(pods -> {
                    var there = pods.stream().map(PodSeen::node).collect(Collectors.toSet());
                    lives.keySet().stream()
                            .filter(node -> !there.contains(node))
                            .toList()
                            .forEach(this::check);
                })
                .mapEmpty();
    }

    /** Completes when these stand before all others in the order in which pods are deleted. */
    Future<Void> markFirstToGo(Set<NodeId> nodes) {
        firstToGo = Set.copyOf(nodes);
        var now = occupancy();
        return Future.all(lives.values().stream()
                        .filter(life -> nodes.contains(life.pod().node())
                                || life.pod().marks().equals(Marks.FIRST_TO_GO))
                        .filter(life -> !life.pod().marks().equals(marks(life, now)))
                        .map(life ->
                                api.mark(life.pod().node(), marks(life, now)).onSuccess(this::seen))
                        .toList())
                .mapEmpty();
    }

    private Marks marks(NodeLife life, Occupancy now) {
        var node = life.pod().node();
        boolean occupied = !now.isEmpty(node);
        if (!Victims.goesOnceItIsEmpty(life)) {
            return occupied ? Marks.OCCUPIED : Marks.EMPTY;
        }
        return !occupied && firstToGo.contains(node) ? Marks.FIRST_TO_GO : Marks.toGo(occupied);
    }

    /** Whether nobody would miss it: it is there still, and nobody is on it, by the log and by its label. */
    boolean mayGo(NodeId node) {
        var life = lives.get(node);
        return life != null
                && !life.pod().terminating()
                && !life.pod().marks().live()
                && (life instanceof NodeLife.Starting || Victims.goesOnceItIsEmpty(life))
                && occupancy().isEmpty(node);
    }

    private void enter(PodSeen pod) {
        var life = NodeLife.first(pod, !occupancy().isEmpty(pod.node()), clock.instant());
        log(life);
        if (!isOver(life)) {
            lives.put(pod.node(), life);
        }
    }

    private void seen(PodSeen pod) {
        var known = lives.get(pod.node());
        if (known != null && !known.pod().uid().equals(pod.uid())) {
            // Another pod of the same name: what was on the former one is gone.
            becomes(known, known.vanished(!occupancy().isEmpty(pod.node())));
            known = null;
        }
        if (known == null) {
            enter(pod);
            known = lives.get(pod.node());
            if (known != null && known.isNode()) {
                tellNodes();
                tellDraining(null, known);
            }
        } else {
            becomes(known, known.seen(pod, !occupancy().isEmpty(pod.node()), clock.instant()));
        }
    }

    private void becomes(NodeLife before, NodeLife after) {
        var node = before.pod().node();
        if (isOver(after)) {
            lives.remove(node);
        } else {
            lives.put(node, after);
        }
        if (!before.getClass().equals(after.getClass())) {
            log(after);
        }
        if (before instanceof NodeLife.Starting && after.isNode()) {
            boot.measured(before.pod().created(), clock.instant());
        }
        if (before.isNode() != after.isNode()
                || !before.pod().address().equals(after.pod().address())) {
            tellNodes();
        }
        tellDraining(before, after);
    }

    private static boolean isOver(NodeLife life) {
        return life instanceof NodeLife.Gone || life instanceof NodeLife.Lost;
    }

    private void log(NodeLife life) {
        var line = life instanceof NodeLife.Lost ? LOG.atWarn() : LOG.atInfo();
        line.addKeyValue("node", life.pod().node())
                .addKeyValue("state", life.getClass().getSimpleName())
                .addKeyValue("why", life instanceof NodeLife.Draining draining ? draining.why() : "")
                .log("media pod");
    }

    private void tellNodes() {
        Set<FleetMember> nodes = lives.values().stream()
                .filter(NodeLife::isNode)
                .map(life -> life.pod().member(port))
                .collect(Collectors.toSet());
        keeper().nodesAre(nodes);
    }

    /** A drain that could not be published ends the reign, which says so itself. */
    private void tellDraining(@Nullable NodeLife before, NodeLife after) {
        boolean drained = before instanceof NodeLife.Draining;
        if (after instanceof NodeLife.Draining && !drained) {
            keeper().drain(after.pod().node(), true);
        } else if (drained && after instanceof NodeLife.Serving) {
            keeper().drain(after.pod().node(), false);
        }
    }

    private void reconcile() {
        metrics.nodes(lives.values());
        var watching = watch;
        if (watching != null && watching.hasSynced()) {
            var known = watching.known();
            lives.keySet().stream()
                    .filter(node -> !known.contains(node))
                    .toList()
                    .forEach(this::check);
        }
        lives.values().stream().filter(NodeLife::isNode).toList().forEach(this::followOperators);
        scaling.look();
        var now = occupancy();
        lives.values().stream()
                .filter(life -> life.isNode() && !life.pod().terminating())
                .forEach(life -> mark(life, now));
    }

    /** What operators drain is counted no more; what they use again is, unless somebody else still wants it emptied. */
    private void followOperators(NodeLife life) {
        boolean drained = keeper().fleet().draining().contains(life.pod().node());
        if (life instanceof NodeLife.Serving serving && drained) {
            becomes(serving, serving.drains(serving.pod(), NodeLife.Why.ORDERED));
        } else if (life instanceof NodeLife.Draining draining && !drained) {
            switch (draining.why()) {
                case CHOSEN, WORN, ORDERED -> becomes(draining, draining.recalled(draining.pod()));
                case ASKED, LEAVING -> tellDraining(null, draining);
            }
        }
    }

    /** Whoever says that a pod is gone may be behind, and it would cost its rooms their media: asks the server. */
    private void check(NodeId node) {
        if (lives.containsKey(node) && beingChecked.add(node)) {
            api.get(node)
                    .onComplete(checked -> beingChecked.remove(node))
                    .onSuccess(found -> found.ifPresentOrElse(this::seen, () -> vanished(node)))
                    .onFailure(failure -> LOG.atWarn()
                            .addKeyValue("node", node)
                            .addKeyValue("reason", failure.getMessage())
                            .log("cannot tell whether the pod is gone; it stays in the fleet"));
        }
    }

    private void vanished(NodeId node) {
        var known = lives.get(node);
        if (known != null) {
            becomes(known, known.vanished(!occupancy().isEmpty(node)));
        }
    }

    private void mark(NodeLife life, Occupancy now) {
        var node = life.pod().node();
        var wanted = marks(life, now);
        if (life.pod().marks().equals(wanted) || !beingMarked.add(node)) {
            return;
        }
        api.mark(node, wanted)
                .onComplete(marked -> beingMarked.remove(node))
                .onSuccess(this::seen)
                .onFailure(failure -> {
                    metrics.failed(KubernetesMetrics.Failure.MARK);
                    LOG.atDebug()
                            .addKeyValue("node", node)
                            .addKeyValue("reason", failure.getMessage())
                            .log("pod not marked; tried again in a second");
                });
    }
}
