package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.protocol.InstanceId;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever holds a Lease is to lead. One that leads and could not renew in time goes on until another holds the lease: as long as
 * the API server is away nobody can, and seats are granted all the same. That two lead is prevented elsewhere.
 *
 * <p>A holder whose process is known to be gone ({@link SignsOfLife}) is not waited for until the lease has run out. Of several that
 * know it one can take the lease: it is written with the version that was read.
 *
 * <p>An elector works once, so that each time it ends another begins, under the same identity.
 */
final class LeaseElection implements Election {

    /**
     * A leader whose end nobody has seen is followed after this, a retry, and what it takes to begin: less than 5 s together. A
     * lease is written in whole seconds.
     */
    private static final Duration LEASE = Duration.ofSeconds(3);

    private static final Duration RENEW = Duration.ofSeconds(2);

    /** With the elector's jitter a standby tries at least every 550 ms. */
    private static final Duration RETRY = Duration.ofMillis(250);

    /** Who let the lease go waits until others have tried. */
    private static final Duration TURN = Duration.ofSeconds(2);

    /** The first answer may come late; then it stands by. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    private final Vertx vertx;
    private final KubernetesClient client;
    private final WorkerExecutor worker;
    private final String lease;
    private final String me;
    private final Lock lock;
    /** Of its own, since a lock writes with the version that it has read last. */
    private final Lock early;

    private final SignsOfLife signs = new SignsOfLife(System::nanoTime);
    private @Nullable LeaderLine line;
    private @Nullable Leader watched;
    private @Nullable Context context;
    private volatile @Nullable CompletableFuture<?> running;
    private volatile String holder = "";
    private volatile boolean mine;
    private boolean taking;
    private boolean stopped;

    /** @param where others reach this process as long as it lives; empty if that is not known */
    LeaseElection(
            Vertx vertx,
            KubernetesClient client,
            WorkerExecutor worker,
            String namespace,
            String lease,
            InstanceId me,
            Optional<Leader> where) {
        this.vertx = vertx;
        this.client = client;
        this.worker = worker;
        this.lease = lease;
        this.me = me.value();
        this.lock = new ObservedLock(new AddressedLease(namespace, lease, me.value(), where, this::read));
        this.early = new AddressedLease(namespace, lease, me.value(), where, this::read);
    }

    @Override
    public Future<Void> start() {
        context = vertx.getOrCreateContext();
        line = new LeaderLine(vertx, signs, this::takeIfGone);
        var known = Promise.<Void>promise();
        run(known);
        vertx.setTimer(PATIENCE.toMillis(), late -> known.tryComplete());
        return known.future();
    }

    private void run(Promise<Void> known) {
        var config = new LeaderElectionConfigBuilder()
                .withName(lease)
                .withLock(lock)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> mine = true, this::holdsNoMore, now -> {
                    holder = now == null ? "" : now;
                    if (isAnothers()) {
                        mine = false;
                    }
                    hop(known::tryComplete);
                }))
                .build();
        var elector = client.leaderElector().withConfig(config).build().start();
        running = elector;
        elector.whenComplete((ended, failure) -> hop(() -> again(elector)));
    }

    /** An elector that cannot read the lease at its end tells of the end by this alone. */
    private void holdsNoMore() {
        mine = false;
        var elector = running;
        if (elector != null) {
            hop(() -> again(elector));
        }
    }

    /** By threads of the elector and of the worker; the line follows in the order in which the signs were told. */
    private synchronized void read(Optional<Leader> leader, @Nullable Object renewed) {
        var other = leader.filter(found -> !found.holder().equals(me)).orElse(null);
        signs.read(other, renewed);
        hop(() -> watch(other));
    }

    private void watch(@Nullable Leader other) {
        if (line != null && !stopped && !Objects.equals(other, watched)) {
            watched = other;
            line.to(other);
        }
    }

    private void takeIfGone() {
        if (taking || stopped) {
            return;
        }
        taking = true;
        worker.executeBlocking(
                        () -> {
                            takeFromDead();
                            return null;
                        },
                        false)
                .onFailure(e -> LOG.atDebug()
                        .addKeyValue("lease", lease)
                        .setCause(e)
                        .log("not taken; another was quicker, or it runs out"))
                .onComplete(done -> taking = false);
    }

    private void takeFromDead() {
        var record = early.get(client);
        if (record != null && signs.isGone()) {
            var now = ZonedDateTime.now(ZoneOffset.UTC);
            early.update(client, new LeaderElectionRecord(me, LEASE, now, now, record.getLeaderTransitions() + 1));
            LOG.atInfo()
                    .addKeyValue("lease", lease)
                    .addKeyValue("leader", record.getHolderIdentity())
                    .log("the leader's process is gone; its lease is taken");
            holder = me;
            mine = true;
        }
    }

    private void hop(Runnable what) {
        if (context != null) {
            context.runOnContext(now -> what.run());
        }
    }

    private void again(CompletableFuture<?> ended) {
        if (stopped || running != ended) {
            return;
        }
        running = null;
        LOG.atInfo()
                .addKeyValue("lease", lease)
                .addKeyValue("reason", ended.isCancelled() ? "given up" : "not renewed in time")
                .log("the lease is not held any more");
        vertx.setTimer((ended.isCancelled() ? TURN : RETRY).toMillis(), timer -> {
            if (!stopped) {
                run(Promise.promise());
            }
        });
    }

    @Override
    public boolean isMine() {
        return mine;
    }

    @Override
    public boolean isAnothers() {
        return !holder.isEmpty() && !holder.equals(me);
    }

    /** Who could not lead, or was shut out, lets others try; {@link #again} takes part again a little later. */
    @Override
    public void tried(boolean leads) {
        if (!leads) {
            end();
        }
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        if (line != null) {
            line.to(null);
        }
        return end();
    }

    /** Releases the lease, which takes a call; no longer than the client's time limit. */
    private Future<Void> end() {
        var elector = running;
        return elector == null
                ? Future.succeededFuture()
                : worker.executeBlocking(
                        () -> {
                            elector.cancel(true);
                            mine = false;
                            return null;
                        },
                        false);
    }
}
