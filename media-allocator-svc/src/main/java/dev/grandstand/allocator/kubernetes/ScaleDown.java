package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.kubernetes.KubernetesMetrics.Removed;
import dev.grandstand.allocator.scaling.Strides;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pods go. Chosen ones are emptied first. Of those that are empty a {@link Strides stride} goes: all pods are read from the
 * server once more, these are marked as the first to go, that this allocator leads still is made sure of by the log, and the
 * Deployment is scaled down with the version that was read before all that. It is the ReplicaSet that deletes: which pods went
 * is looked at afterwards, and no more are let go before that. A pod that went though people were on it waits in its preStop
 * until they have moved; it is an error all the same.
 */
final class ScaleDown {

    private static final Logger LOG = LoggerFactory.getLogger(ScaleDown.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * The Deployment was scaled down.
     *
     * @param expected of these
     * @param count by so many
     * @param before all pods that were there
     */
    private record Going(Set<NodeId> expected, int count, Set<NodeId> before, Instant at) {}

    private final KubernetesFleet fleet;
    private final FleetScaler scaler;
    private final PodFigures figures;
    private final Supplier<Future<Void>> fence;
    private final InstantSource clock;
    private final KubernetesMetrics metrics;
    private final Strides strides = new Strides();
    private @Nullable Going going;

    /** @param fence completes when it is durable that this allocator has led until then */
    ScaleDown(
            KubernetesFleet fleet,
            FleetScaler scaler,
            PodFigures figures,
            Supplier<Future<Void>> fence,
            InstantSource clock,
            KubernetesMetrics metrics) {
        this.fleet = fleet;
        this.scaler = scaler;
        this.figures = figures;
        this.fence = fence;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @return how many of those that were chosen are used again */
    int recall(int wanted) {
        var again = figures.victims().chosen().stream().limit(wanted).toList();
        again.forEach(fleet::recall);
        return again.size();
    }

    /**
     * Chooses so many more, and lets some go that are empty.
     *
     * @param more beside those that were chosen before
     */
    Future<Void> fewer(int more, FleetScaler.Ordered ordered) {
        if (going != null) {
            return Future.succeededFuture();
        }
        if (more > 0 && !figures.victims().unready().isEmpty()) {
            return fleet.readAnew().compose(read -> unreadyGo(more, ordered));
        }
        for (int i = 0; i < more; i++) {
            figures.victims().next().ifPresent(fleet::choose);
        }
        return figures.victims().emptied().isEmpty()
                ? Future.succeededFuture()
                : fleet.readAnew().compose(read -> emptiedGo(ordered));
    }

    /** They are the first that a ReplicaSet deletes anyway. */
    private Future<Void> unreadyGo(int more, FleetScaler.Ordered ordered) {
        var unready = figures.victims().unready();
        return unready.isEmpty()
                ? Future.succeededFuture()
                : go(unready, Math.min(strides.most(), Math.min(more, unready.size())), ordered);
    }

    private Future<Void> emptiedGo(FleetScaler.Ordered ordered) {
        var victims = figures.victims();
        var emptied = victims.emptied();
        var first = emptied.stream().limit(strides.most()).collect(Collectors.toSet());
        return first.isEmpty() || !emptied.containsAll(victims.unready()) || victims.wouldHitSomebody()
                ? Future.succeededFuture()
                : fleet.markFirstToGo(first).compose(marked -> go(first, first.size(), ordered));
    }

    private Future<Void> go(Set<NodeId> expected, int count, FleetScaler.Ordered ordered) {
        return fence.get().compose(leads -> {
            // A node of somebody who came meanwhile, or that is no longer ready.
            if (figures.victims().wouldHitSomebody() || !expected.stream().allMatch(fleet::mayGo)) {
                return Future.succeededFuture();
            }
            var before = present();
            return scaler.order(ordered, ordered.pods() - count)
                    .onSuccess(scaled -> {
                        going = new Going(expected, count, before, clock.instant());
                        figures.letGo(expected);
                    })
                    .mapEmpty();
        });
    }

    private Set<NodeId> present() {
        return figures.lives().stream()
                .filter(life -> !life.pod().terminating())
                .map(life -> life.pod().node())
                .collect(Collectors.toSet());
    }

    /** Looks which pods went, if some were let go. */
    void verify(FleetScaler.Ordered ordered) {
        var now = going;
        if (now == null) {
            return;
        }
        var present = present();
        var gone = now.before().stream().filter(node -> !present.contains(node)).collect(Collectors.toSet());
        boolean late = clock.instant().isAfter(now.at().plus(LIMIT));
        if (gone.size() < now.count() && !late) {
            return;
        }
        going = null;
        figures.letGo(Set.of());
        var others =
                gone.stream().filter(node -> !now.expected().contains(node)).toList();
        for (int i = others.size(); i < gone.size(); i++) {
            metrics.removed(Removed.CHOSEN);
        }
        if (!others.isEmpty()) {
            wentInTheirPlace(others, now.expected(), ordered);
        } else if (gone.size() < now.count()) {
            LOG.atWarn()
                    .addKeyValue("expected", now.expected())
                    .addKeyValue("gone", gone)
                    .log("scaled down, and not as many pods went");
        } else {
            strides.right(clock.instant());
        }
    }

    private void wentInTheirPlace(List<NodeId> others, Set<NodeId> expected, FleetScaler.Ordered ordered) {
        strides.wrong(clock.instant());
        var live =
                others.stream().filter(node -> !fleet.occupancy().isEmpty(node)).toList();
        others.forEach(node -> metrics.removed(live.contains(node) ? Removed.LIVE : Removed.OTHER));
        var line = live.isEmpty() ? LOG.atWarn() : LOG.atError();
        line.addKeyValue("expected", expected)
                .addKeyValue("gone", others)
                .addKeyValue("live", live)
                .log("other pods went than those that were to go");
        if (!live.isEmpty()) {
            scaler.tell(
                    ordered, true, "LivePodRemoved", "pods with people were deleted in place of empty ones: " + live);
        }
        expected.forEach(fleet::recall);
    }
}
