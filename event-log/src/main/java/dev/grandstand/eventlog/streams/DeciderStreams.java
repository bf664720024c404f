package dev.grandstand.eventlog.streams;

import dev.grandstand.servicekit.Health;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decider at work: Kafka Streams, exactly once, on threads of its own. The topics have to exist.
 *
 * <p>A thread that fails is replaced; whatever it had not committed is undone and decided again. Stopping commits what has
 * been decided and leaves the group, so that other instances take the partitions over at once (after a kill: once the
 * session timeout is over).
 *
 * <p>Decisions gather before they are committed, the longer the more there are ({@link CommitPace}). With an interval that was
 * always the same, measured with an embedded broker on 2 cores, command to committed event as a read-committed follower sees it, commands
 * one after another, by commit interval (p50 / p99 in ms): 2 ms 3.2 / 17, 5 ms 6.4 / 51, 10 ms 11.6 / 37, 20 ms 15.2 / 31,
 * 50 ms 52.7 / 63. Broker, clients and decider together use 3 to 5 % of a core when idle, and once warm about 35 % at 200
 * commands a second, with 5 ms (36 %) as with 20 ms (34 %).
 */
public final class DeciderStreams {

    private static final Logger LOG = LoggerFactory.getLogger(DeciderStreams.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final DeciderSpec<?, ?, ?> spec;
    private final StreamsSettings settings;
    private final Promise<Void> running = Promise.promise();
    private @Nullable Long looking;
    private volatile @Nullable KafkaStreams streams;

    /** Does nothing until it is started. */
    public DeciderStreams(Vertx vertx, DeciderSpec<?, ?, ?> spec, StreamsSettings settings) {
        this.vertx = vertx;
        this.spec = spec;
        this.settings = settings;
    }

    /** Completes when commands are decided, with the state of before restored; once only. */
    public Future<Void> start() {
        return vertx.executeBlocking(this::launch, false)
                .onSuccess(this::watchCopies)
                .compose(launched -> running.future())
                .timeout(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Completes when every thread has ended; fails if they do not within a few seconds. */
    public Future<Void> stop() {
        var launched = streams;
        if (launched == null) {
            return Future.succeededFuture();
        }
        if (looking != null) {
            vertx.cancelTimer(looking);
        }
        var options = CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_TIMEOUT);
        return vertx.executeBlocking(() -> launched.close(options), false)
                .compose(closed -> closed
                        ? Future.succeededFuture()
                        : Future.failedFuture(new TimeoutException(spec.name() + " did not stop in " + STOP_TIMEOUT)));
    }

    /** Connecting blocks, and so does reading the configuration. */
    private KafkaStreams launch() {
        var properties = settings.properties(spec.name(), SessionTimeout.of(settings));
        var launched = new KafkaStreams(DeciderTopology.of(spec, settings.commitInterval()), properties);
        streams = launched;
        launched.setStateListener(this::changed);
        launched.setUncaughtExceptionHandler(failure -> {
            LOG.atError()
                    .addKeyValue("application", spec.name())
                    .setCause(failure)
                    .log("stream thread failed, replacing it");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        launched.start();
        return launched;
    }

    /** Asking the broker blocks. */
    private void watchCopies(KafkaStreams launched) {
        if (settings.standbys() == 0) {
            return;
        }
        var copies = new Copies(Health.meters(), spec.name());
        looking = vertx.setPeriodic(
                LOOK_EVERY.toMillis(), timer -> vertx.executeBlocking(launched::allLocalStorePartitionLags)
                        .onSuccess(copies::behind)
                        // Between two assignments nobody can tell; the next look can.
                        .onFailure(e -> copies.behind(Map.of())));
    }

    /** Whether commands are decided now; not so while partitions move between instances. */
    public boolean isRunning() {
        var launched = streams;
        return launched != null && launched.state() == State.RUNNING;
    }

    private void changed(State now, State before) {
        LOG.atInfo()
                .addKeyValue("application", spec.name())
                .addKeyValue("state", now)
                .log("streams changed state");
        if (now == State.RUNNING) {
            running.tryComplete();
        } else if (now == State.ERROR || now == State.NOT_RUNNING) {
            running.tryFail(spec.name() + " ended before it was running");
        }
    }
}
