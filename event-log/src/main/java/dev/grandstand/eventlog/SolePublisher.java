package dev.grandstand.eventlog;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes as the only one of its name. Whoever opens the name later shuts out whoever had it before, however late that one
 * wakes up: its records are refused by the broker (a transactional id is fenced, KIP-98), so that what an instance decides
 * from what it knows cannot stand beside what its successor decides. After the first failure it publishes no more: what it
 * had in hand may or may not stand, and only the log knows.
 *
 * <p>What is published while a transaction is under way, or just after it began, goes together in the next one. May be called
 * from any context; works on one of its own.
 */
public final class SolePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SolePublisher.class);

    /** Longer than a broker takes to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Readers wait so long for the end of what a dead instance has begun, if nobody follows it. */
    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    /**
     * Nothing waits so long: whatever is left is sent at once when the transaction is to be committed. Until then it gathers, so
     * that a transaction is one request for all its records.
     */
    private static final Duration GATHER = Duration.ofMillis(20);

    /**
     * A transaction begins so long after the one before it at the earliest; a sixth of what a seat may take where many are asked
     * for. One behind the other they would cost the broker as much as all else that happens when somebody joins.
     */
    private static final Duration APART = Duration.ofMillis(8);

    private final VertxInternal vertx;
    private final Context context;
    private final WorkerExecutor worker;
    private final KafkaProducer<String, byte[]> producer;
    private final Promise<Void> lost = Promise.promise();
    private List<Waiting> waiting = new ArrayList<>();
    private boolean busy;
    private long beganAt = millis();

    /** Not published: another has the name now, or Kafka was away for too long. */
    public static final class Deposed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Deposed(Throwable cause) {
            super("publishes no more: " + cause.getMessage(), cause);
        }
    }

    private record Waiting(ProducerRecord<String, byte[]> record, Promise<Void> published) {}

    private SolePublisher(VertxInternal vertx, WorkerExecutor worker, KafkaProducer<String, byte[]> producer) {
        this.vertx = vertx;
        this.context = vertx.createEventLoopContext();
        this.worker = worker;
        this.producer = producer;
    }

    /**
     * Completes when whoever had the name before is shut out, and what they had not brought to its end is undone.
     *
     * @param name of which there is to be one publisher
     */
    public static Future<SolePublisher> open(Vertx vertx, KafkaSettings settings, String name) {
        var worker = vertx.createSharedWorkerExecutor("sole-publisher-" + System.nanoTime(), 1);
        return worker.executeBlocking(() -> {
                    var producer = new KafkaProducer<>(
                            config(settings, name), new StringSerializer(), new ByteArraySerializer());
                    try {
                        producer.initTransactions();
                    } catch (RuntimeException e) {
                        producer.close(Duration.ZERO);
                        throw e;
                    }
                    return producer;
                })
                .map(producer -> new SolePublisher((VertxInternal) vertx, worker, producer))
                .onFailure(e -> worker.close());
    }

    /** Completes once the value is durable, and readers of committed records see it; on the caller's context. */
    public <V> Future<Void> publish(Topic<V> topic, V value, Trace trace) {
        var record = new ProducerRecord<>(topic.name(), topic.key().apply(value), topic.encode(value));
        if (!trace.isNone()) {
            record.headers().add(Trace.HEADER, trace.header().getBytes(StandardCharsets.UTF_8));
        }
        return publish(record);
    }

    /** Ends a key of a compacted topic; completes as {@link #publish} does. */
    public Future<Void> end(Topic<?> topic, String key) {
        return publish(new ProducerRecord<>(topic.name(), key, null));
    }

    private Future<Void> publish(ProducerRecord<String, byte[]> record) {
        var published = vertx.getOrCreateContext().<Void>promise();
        context.runOnContext(now -> enqueue(new Waiting(record, published)));
        return published.future();
    }

    private void enqueue(Waiting one) {
        if (lost.future().isComplete()) {
            one.published().fail(lost.future().cause());
            return;
        }
        waiting.add(one);
        if (!busy) {
            busy = true;
            publishSoon();
        }
    }

    private void publishSoon() {
        long wait = beganAt + APART.toMillis() - millis();
        if (wait > 0) {
            vertx.setTimer(wait, timer -> publishWaiting());
        } else {
            publishWaiting();
        }
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Fails, with {@link Deposed}, when this publishes no more. */
    public Future<Void> lost() {
        return lost.future();
    }

    /** Publishes no more; what has not been published yet fails. */
    public Future<Void> close() {
        context.runOnContext(now -> lose(new IllegalStateException("closed")));
        return blocking(() -> {
                    producer.close(Duration.ZERO);
                    return null;
                })
                .eventually(worker::close)
                .mapEmpty();
    }

    private void publishWaiting() {
        if (lost.future().isComplete()) {
            return;
        }
        beganAt = millis();
        var batch = waiting;
        waiting = new ArrayList<>();
        blocking(() -> {
                    producer.beginTransaction();
                    for (var one : batch) {
                        producer.send(one.record());
                    }
                    // Fails if any of them could not be sent.
                    producer.commitTransaction();
                    return null;
                })
                .onComplete(committed -> context.runOnContext(now -> {
                    if (committed.failed()) {
                        lose(committed.cause());
                        batch.forEach(one -> one.published().fail(lost.future().cause()));
                        return;
                    }
                    batch.forEach(one -> one.published().complete());
                    busy = !waiting.isEmpty();
                    if (busy) {
                        publishSoon();
                    }
                }));
    }

    private Future<Void> blocking(Callable<Void> work) {
        return worker.executeBlocking(work);
    }

    private void lose(Throwable cause) {
        var deposed = new Deposed(cause);
        if (!lost.tryFail(deposed)) {
            return;
        }
        LOG.atDebug().setCause(cause).log("publishes no more");
        var unsaid = waiting;
        waiting = new ArrayList<>();
        unsaid.forEach(one -> one.published().fail(deposed));
    }

    private static Map<String, Object> config(KafkaSettings settings, String name) {
        var config = new HashMap<String, Object>(settings.client());
        config.putAll(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                name,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                (int) TRANSACTION.toMillis(),
                ProducerConfig.LINGER_MS_CONFIG,
                String.valueOf(GATHER.toMillis()),
                // A transaction that begins before the broker is done with the one before it is refused, and tried
                // again.
                ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                2,
                // The broker may want the first batch of a transaction again, and would refuse those sent after it.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "3000",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                String.valueOf(PATIENCE.toMillis()),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
        return config;
    }
}
