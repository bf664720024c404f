package dev.grandstand.eventlog.streams;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decider at work: Kafka Streams, exactly once, on threads of its own. The topics have to exist.
 *
 * <p>A thread that fails is replaced; whatever it had not committed is undone and decided again. Stopping commits what has
 * been decided and leaves the group, so that other instances take the partitions over at once.
 */
public final class DeciderStreams {

    private static final Logger LOG = LoggerFactory.getLogger(DeciderStreams.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);

    private final Vertx vertx;
    private final String name;
    private final KafkaStreams streams;
    private final Promise<Void> running = Promise.promise();

    /** Does nothing until it is started. */
    public DeciderStreams(Vertx vertx, DeciderSpec<?, ?, ?> spec, StreamsSettings settings) {
        this.vertx = vertx;
        this.name = spec.name();
        this.streams = new KafkaStreams(DeciderTopology.of(spec), settings.properties(spec.name()));
        streams.setStateListener(this::changed);
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.atError().addKeyValue("application", name).setCause(failure).log("stream thread failed, replacing it");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /** Completes when commands are decided, with the state of before restored. */
    public Future<Void> start() {
        return vertx.<Void>executeBlocking(
                        () -> {
                            streams.start();
                            return null;
                        },
                        false)
                .compose(started -> running.future())
                .timeout(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Completes when every thread has ended; fails if they do not within a few seconds. */
    public Future<Void> stop() {
        var options = CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP_TIMEOUT);
        return vertx.executeBlocking(() -> streams.close(options), false)
                .compose(closed -> closed
                        ? Future.succeededFuture()
                        : Future.failedFuture(new TimeoutException(name + " did not stop in " + STOP_TIMEOUT)));
    }

    /** Whether commands are decided now; not so while partitions move between instances. */
    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    private void changed(State now, State before) {
        LOG.atInfo().addKeyValue("application", name).addKeyValue("state", now).log("streams changed state");
        if (now == State.RUNNING) {
            running.tryComplete();
        } else if (now == State.ERROR || now == State.NOT_RUNNING) {
            running.tryFail(name + " ended before it was running");
        }
    }
}
