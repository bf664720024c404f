package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.kubernetes.KubernetesMetrics.Removed;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pods go. Chosen ones are emptied first; when one is empty it is read from the server once more, marked as the first to
 * go, and the Deployment scaled down by one. It is the ReplicaSet that deletes: which pod went is looked at afterwards, and the
 * next is not let go before that. A pod that went though people were on it waits in its preStop until they have moved; it is an
 * error all the same.
 */
final class ScaleDown {

    private static final Logger LOG = LoggerFactory.getLogger(ScaleDown.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The Deployment was scaled down by one. */
    private record Going(Set<NodeId> expected, Set<NodeId> before, Instant at) {}

    private final KubernetesFleet fleet;
    private final FleetScaler scaler;
    private final PodFigures figures;
    private final InstantSource clock;
    private final KubernetesMetrics metrics;
    private @Nullable Going going;

    ScaleDown(
            KubernetesFleet fleet,
            FleetScaler scaler,
            PodFigures figures,
            InstantSource clock,
            KubernetesMetrics metrics) {
        this.fleet = fleet;
        this.scaler = scaler;
        this.figures = figures;
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
     * Chooses so many more, and lets one go that is empty.
     *
     * @param more beside those that were chosen before
     */
    Future<Void> fewer(int more, FleetScaler.Ordered ordered) {
        if (going != null) {
            return Future.succeededFuture();
        }
        var unready = figures.victims().unready();
        if (more > 0 && !unready.isEmpty()) {
            return go(unready, ordered);
        }
        for (int i = 0; i < more; i++) {
            figures.victims().next().ifPresent(fleet::choose);
        }
        var empty = figures.victims().emptied();
        if (empty.isEmpty() || !unready.isEmpty() || figures.victims().wouldHitSomebody()) {
            return Future.succeededFuture();
        }
        return fleet.markFirstToGo(empty.get())
                .compose(marked -> marked ? go(Set.of(empty.get()), ordered) : Future.succeededFuture());
    }

    private Future<Void> go(Set<NodeId> expected, FleetScaler.Ordered ordered) {
        // A node of somebody who came meanwhile, or that is no longer ready.
        if (figures.victims().wouldHitSomebody() || !expected.stream().allMatch(fleet.occupancy()::isEmpty)) {
            return Future.succeededFuture();
        }
        var before = present();
        return scaler.order(ordered, ordered.pods() - 1)
                .onSuccess(scaled -> {
                    going = new Going(expected, before, clock.instant());
                    figures.letGo(expected);
                })
                .mapEmpty();
    }

    private void over() {
        going = null;
        figures.letGo(Set.of());
    }

    private Set<NodeId> present() {
        return figures.lives().stream()
                .filter(life -> !life.pod().terminating())
                .map(life -> life.pod().node())
                .collect(Collectors.toSet());
    }

    /** Looks which pod went, if one was let go. */
    void verify(FleetScaler.Ordered ordered) {
        var now = going;
        if (now == null) {
            return;
        }
        var gone =
                now.before().stream().filter(node -> !present().contains(node)).collect(Collectors.toSet());
        if (gone.isEmpty()) {
            if (clock.instant().isAfter(now.at().plus(LIMIT))) {
                LOG.atWarn().addKeyValue("expected", now.expected()).log("scaled down, and no pod went");
                over();
            }
            return;
        }
        over();
        if (gone.stream().anyMatch(now.expected()::contains)) {
            metrics.removed(Removed.CHOSEN);
            return;
        }
        boolean live = gone.stream().anyMatch(node -> !fleet.occupancy().isEmpty(node));
        metrics.removed(live ? Removed.LIVE : Removed.OTHER);
        var line = live ? LOG.atError() : LOG.atWarn();
        line.addKeyValue("expected", now.expected())
                .addKeyValue("gone", gone)
                .addKeyValue("live", live)
                .log("another pod went than the one that was to go");
        if (live) {
            scaler.tell(
                    ordered, true, "LivePodRemoved", "a pod with people was deleted in place of an empty one: " + gone);
        }
        now.expected().forEach(fleet::recall);
    }
}
