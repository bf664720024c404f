package dev.grandstand.eventlog;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import io.vertx.kafka.client.consumer.KafkaConsumerRecords;
import io.vertx.kafka.client.consumer.OffsetAndMetadata;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic as a member of a group, or alone where the group stopped. Each partition has a lane: its records are handled
 * one after another, or begun one after another and so many under way at a time, while the other lanes go on. A partition whose
 * lane is long is paused, so a lane never holds more than {@link #LONG_LANE} records and one batch. It is not paused for less:
 * resuming has to wait for the poll under way, and so would the next record.
 */
final class GroupConsumer<V> implements Follower {

    private static final Logger LOG = LoggerFactory.getLogger(GroupConsumer.class);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

    /** A commit is a write of the broker, and at one for each batch they would be as many as the records. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(250);

    /** Above it a partition is paused. */
    static final int LONG_LANE = 1_000;

    private final Context context;
    private final Topic<V> topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final BiFunction<V, Trace, Future<Void>> handler;
    private final int atOnce;
    private final Duration breath;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private long committedAt = System.nanoTime();
    private volatile boolean closed;

    private GroupConsumer(
            Context context,
            Topic<V> topic,
            KafkaConsumer<String, byte[]> consumer,
            int atOnce,
            Duration breath,
            BiFunction<V, Trace, Future<Void>> handler) {
        this.atOnce = atOnce;
        this.breath = breath;
        this.context = context;
        this.topic = topic;
        this.consumer = consumer;
        this.handler = handler;
    }

    /** Shares the topic with the others of the group. */
    static <V> Future<Follower> share(
            Vertx vertx,
            KafkaSettings settings,
            Topic<V> topic,
            String group,
            Duration breath,
            BiFunction<V, Trace, Future<Void>> handler) {
        var config = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, group,
                // A member that dies is missed after six seconds, so that its partitions move to others soon.
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000",
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        var context = vertx.getOrCreateContext();
        var member = new GroupConsumer<>(context, topic, Consumers.create(vertx, settings, config), 1, breath, handler);
        member.consumer.partitionsRevokedHandler(revoked -> context.runOnContext(now -> {
            member.lanes.keySet().removeAll(revoked);
            member.done.keySet().removeAll(revoked);
        }));
        return member.begin(member.consumer.subscribe(topic.name()));
    }

    /** Has the whole topic, and goes by the group's offsets; nobody is a member, so that nobody is waited for. */
    static <V> Future<Follower> alone(
            Vertx vertx,
            KafkaSettings settings,
            Topic<V> topic,
            String group,
            int atOnce,
            BiFunction<V, Trace, Future<Void>> handler) {
        var config = Map.of(ConsumerConfig.GROUP_ID_CONFIG, group);
        var reader = new GroupConsumer<>(
                vertx.getOrCreateContext(),
                topic,
                Consumers.create(vertx, settings, config),
                atOnce,
                Consumers.BREATH,
                handler);
        return reader.begin(
                Consumers.partitions(vertx, reader.consumer, topic).compose(all -> reader.consumer.assign(all)));
    }

    private Future<Follower> begin(Future<Void> assigned) {
        return assigned.map(now -> {
                    Consumers.pollForEver(consumer, topic, context, breath, () -> closed, this::enqueueThenCommit);
                    return (Follower) this;
                })
                .onFailure(e -> close());
    }

    private Future<?> enqueueThenCommit(KafkaConsumerRecords<String, byte[]> records) {
        for (int i = 0; i < records.size(); i++) {
            var record = records.recordAt(i);
            var partition = new TopicPartition(record.topic(), record.partition());
            lanes.computeIfAbsent(partition, Lane::new).add(record);
        }
        return System.nanoTime() - committedAt < COMMIT_EVERY.toNanos() ? Future.succeededFuture() : commit();
    }

    private Future<?> commit() {
        committedAt = System.nanoTime();
        if (done.isEmpty()) {
            return Future.succeededFuture();
        }
        var offsets = Map.copyOf(done);
        done.clear();
        return consumer.commit(offsets).onFailure(e -> LOG.atWarn()
                .addKeyValue("topic", topic)
                .setCause(e)
                .log("offsets not committed, records may be handled again"));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        var busy = lanes.values().stream()
                .flatMap(lane -> lane.underWay.stream())
                .map(InHand::handled)
                .toList();
        return Future.join(busy)
                .timeout(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .transform(drained -> commit())
                .transform(committed -> consumer.close());
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** How many records wait in the longest lane. */
    Future<Integer> longestLane() {
        var longest = Promise.<Integer>promise();
        context.runOnContext(now -> longest.complete(lanes.values().stream()
                .mapToInt(lane -> lane.waiting.size())
                .max()
                .orElse(0)));
        return longest.future();
    }

    private record InHand(long offset, Future<Void> handled) {}

    /** The records of one partition that wait for their turn. */
    private final class Lane {

        private final TopicPartition partition;
        private final Queue<KafkaConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
        private final Queue<InHand> underWay = new ArrayDeque<>();
        private boolean paused;

        Lane(TopicPartition partition) {
            this.partition = partition;
        }

        void add(KafkaConsumerRecord<String, byte[]> record) {
            waiting.add(record);
            if (!paused && waiting.size() >= LONG_LANE) {
                paused = true;
                consumer.pause(partition);
            }
            begin();
        }

        private void begin() {
            while (isOurs() && !waiting.isEmpty() && underWay.size() < atOnce) {
                var record = waiting.remove();
                var handled = handle(record);
                underWay.add(new InHand(record.offset(), handled));
                // Through the context, so that a batch whose futures are complete already does not nest a call a
                // record.
                handled.onComplete(done -> context.runOnContext(now -> settle()));
            }
            if (paused && waiting.size() <= LONG_LANE / 2 && isOurs()) {
                paused = false;
                consumer.resume(partition);
            }
        }

        private boolean isOurs() {
            return !closed && lanes.get(partition) == this;
        }

        /** What can be committed is what was handled without a gap. */
        private void settle() {
            while (!underWay.isEmpty() && underWay.element().handled().isComplete()) {
                if (underWay.element().handled().cause() instanceof SolePublisher.Deposed) {
                    return; // Whoever decides from now on begins with this record.
                }
                done.put(partition, new OffsetAndMetadata(underWay.remove().offset() + 1, ""));
            }
            begin();
        }

        private Future<Void> handle(KafkaConsumerRecord<String, byte[]> record) {
            return Consumers.entry(topic, record)
                    .map(Entry::value)
                    .map(value -> handled(value, record).onFailure(e -> failed(record, e)))
                    .orElseGet(Future::succeededFuture);
        }

        private void failed(KafkaConsumerRecord<String, byte[]> record, Throwable failure) {
            if (!(failure instanceof SolePublisher.Deposed)) {
                LOG.atError()
                        .addKeyValue("topic", topic)
                        .addKeyValue("key", record.key())
                        .addKeyValue("offset", record.offset())
                        .setCause(failure)
                        .log("handler failed, record passed over");
            }
        }

        /** A handler that throws has failed. */
        private Future<Void> handled(V value, KafkaConsumerRecord<String, byte[]> record) {
            return Future.succeededFuture(value)
                    .compose(given ->
                            handler.apply(given, Trace.of(record.record().headers())));
        }
    }
}
