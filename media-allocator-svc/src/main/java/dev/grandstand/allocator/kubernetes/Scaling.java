package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.ScalingDesk;
import dev.grandstand.allocator.kubernetes.KubernetesMetrics.Failure;
import dev.grandstand.allocator.scaling.Audiences;
import dev.grandstand.allocator.scaling.ScalingPolicy;
import dev.grandstand.allocator.scaling.ScalingSteps;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.scaling.ScaleDecision;
import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scaling loop: asks the policy, or does what an operator wants, and tells everybody what was decided and why: the topic,
 * the log, a metric and the cluster's events. One round at a time; what fails is decided anew in the next. Confined to the
 * allocator's context.
 */
final class Scaling implements ScalingDesk {

    private static final Logger LOG = LoggerFactory.getLogger(Scaling.class);

    /** Reasons change with everybody who comes; that alone is told no more often than this. */
    private static final Duration NEWS = Duration.ofSeconds(30);

    private final KubernetesFleet fleet;
    private final FleetScaler scaler;
    private final ScaleDown down;
    private final PodFigures figures;
    private final ScalingPolicy policy;
    private final KubernetesConfig config;
    private final InstantSource clock;
    private final KubernetesMetrics metrics;
    private final ScalingSteps steps = new ScalingSteps();
    private @Nullable Integer wantedByHand;
    private @Nullable ScaleDecision newest;
    private boolean busy;
    private boolean stopped;

    Scaling(
            KubernetesFleet fleet,
            FleetScaler scaler,
            PodFigures figures,
            ScalingPolicy policy,
            KubernetesConfig config,
            InstantSource clock,
            KubernetesMetrics metrics) {
        this.fleet = fleet;
        this.scaler = scaler;
        this.figures = figures;
        this.policy = policy;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.down = new ScaleDown(fleet, scaler, figures, this::confirm, clock, metrics);
    }

    /** Goes on with what was decided in earlier lives. */
    void start() {
        fleet.keeper().scalingSteps().reversed().forEach(steps::add);
        wantedByHand = steps.newest()
                .filter(ScalingStep::byHand)
                .map(step -> step.decision().nodes())
                .orElse(null);
    }

    void stop() {
        stopped = true;
    }

    /** A round, if the one before is over. */
    void look() {
        if (busy || stopped) {
            return;
        }
        busy = true;
        scaler.read().compose(this::decide).onFailure(this::failed).onComplete(decided -> busy = false);
    }

    private void failed(Throwable failure) {
        if (failure instanceof FleetScaler.Stale) {
            metrics.failed(Failure.STALE);
            return;
        }
        metrics.failed(Failure.SCALE);
        LOG.atDebug().setCause(failure).log("not scaled; tried again in a second");
    }

    private Future<Void> decide(FleetScaler.Ordered ordered) {
        down.verify(ordered);
        fleet.keeper().seatsExpected(figures.arrivals());
        var decision = decision(ordered);
        metrics.wanted(decision.nodes());
        var told = isNews(decision) ? tell(decision, ordered) : Future.<Void>succeededFuture();
        return told.compose(durable -> act(decision, ordered));
    }

    private ScaleDecision decision(FleetScaler.Ordered ordered) {
        var now = clock.instant();
        var announced = fleet.keeper().schedule();
        var state = fleet.keeper().fleet();
        var demand = Audiences.of(state, announced, figures.elsewhere());
        var decided = policy.decide(figures.of(ordered.pods()), demand, announced, now);
        var byHand = wantedByHand;
        return byHand == null ? decided : byHand(decided, byHand);
    }

    private static ScaleDecision byHand(ScaleDecision policy, int nodes) {
        int by = Integer.compare(nodes, policy.fleet().ordered());
        return new ScaleDecision(
                policy.at(),
                nodes,
                by > 0 ? Direction.UP : by < 0 ? Direction.DOWN : Direction.STAY,
                "by hand: " + nodes + " (the policy: " + policy.reason() + ")",
                policy.need(),
                policy.fleet(),
                policy.demand(),
                policy.shows());
    }

    private boolean isNews(ScaleDecision decision) {
        var last = newest;
        return last == null
                || last.nodes() != decision.nodes()
                || last.direction() != decision.direction()
                || (!last.reason().equals(decision.reason())
                        && !decision.at().isBefore(last.at().plus(NEWS)));
    }

    /** Nothing is done that is not in the log first. */
    private Future<Void> tell(ScaleDecision decision, FleetScaler.Ordered ordered) {
        newest = decision;
        metrics.decided(decision.direction());
        LOG.atInfo()
                .addKeyValue("direction", decision.direction())
                .addKeyValue("nodes", decision.nodes())
                .addKeyValue("fleet", decision.fleet())
                .addKeyValue("need", decision.need())
                .addKeyValue("reason", decision.reason())
                .log("scaling decision");
        if (decision.direction() != Direction.STAY) {
            scaler.tell(
                    ordered,
                    false,
                    decision.direction() == Direction.UP ? "ScaledUp" : "ScaledDown",
                    decision.reason());
        }
        return publish(new ScalingStep(decision, wantedByHand != null));
    }

    /**
     * Says the newest step again, and so makes sure that nobody else has begun to lead since the scale was read: what is ordered
     * with that version then either comes before all that a successor reads, or is refused.
     */
    private Future<Void> confirm() {
        return steps.newest().map(this::publish).orElseGet(Future::succeededFuture);
    }

    private Future<Void> publish(ScalingStep step) {
        return fleet.keeper().publish(Topics.SCALING_DECISIONS, step).onSuccess(durable -> steps.add(step));
    }

    private Future<Void> act(ScaleDecision decision, FleetScaler.Ordered ordered) {
        if (stopped) {
            return Future.succeededFuture();
        }
        int missing = decision.nodes() - decision.fleet().ordered();
        return missing > 0 ? more(missing, ordered) : down.fewer(-missing, ordered);
    }

    /** Nodes that are about to go are used again before new ones are started. */
    private Future<Void> more(int missing, FleetScaler.Ordered ordered) {
        int recalled = down.recall(missing);
        return recalled == missing
                ? Future.succeededFuture()
                : confirm()
                        .compose(leads -> scaler.order(ordered, ordered.pods() + missing - recalled))
                        .mapEmpty();
    }

    @Override
    public List<ScalingStep> latest() {
        return steps.newestFirst();
    }

    @Override
    public OptionalInt byHand() {
        return wantedByHand == null ? OptionalInt.empty() : OptionalInt.of(wantedByHand);
    }

    @Override
    public int fewest() {
        return config.nodesMin();
    }

    @Override
    public int most() {
        return config.nodesMax();
    }

    @Override
    public Future<Void> order(int nodes) {
        return hand(nodes);
    }

    @Override
    public Future<Void> release() {
        return hand(null);
    }

    /** Told at once, as the newest step: the next allocator that leads goes by that. */
    private Future<Void> hand(@Nullable Integer nodes) {
        return scaler.read().compose(ordered -> {
            wantedByHand = nodes;
            return tell(decision(ordered), ordered);
        });
    }
}
