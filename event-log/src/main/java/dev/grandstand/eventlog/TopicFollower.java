package dev.grandstand.eventlog;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of a topic without a group. Polls by itself instead of through the stream of the Vert.x client:
 * so the next batch is fetched only when the last is handled, and a position says what has been handled.
 */
final class TopicFollower<V> implements TopicView {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    private final Context context;
    private final Topic<V> topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final TopicEnds ends;
    private final BiConsumer<Entry<V>, Headers> handler;
    private final List<Goal> goals = new CopyOnWriteArrayList<>();
    private volatile Set<TopicPartition> partitions = Set.of();
    private volatile boolean closed;

    /** Where the topic ended when somebody asked, of those partitions that have not been handled so far. */
    private record Goal(Map<TopicPartition, Long> behind, Promise<Void> reached) {}

    private TopicFollower(
            Context context,
            Topic<V> topic,
            KafkaConsumer<String, byte[]> consumer,
            TopicEnds ends,
            BiConsumer<Entry<V>, Headers> handler) {
        this.context = context;
        this.topic = topic;
        this.consumer = consumer;
        this.ends = ends;
        this.handler = handler;
    }

    static <V> Future<TopicView> open(
            Vertx vertx,
            KafkaSettings settings,
            TopicEnds ends,
            Topic<V> topic,
            From from,
            BiConsumer<Entry<V>, Headers> handler) {
        var follower = new TopicFollower<>(
                vertx.getOrCreateContext(), topic, Consumers.create(vertx, settings, Map.of()), ends, handler);
        return Consumers.partitions(vertx, follower.consumer, topic)
                .compose(partitions -> follower.position(partitions, from))
                .compose(follower::poll)
                .onFailure(e -> follower.close());
    }

    private Future<Goal> position(Set<TopicPartition> all, From from) {
        partitions = all;
        return consumer.assign(partitions)
                .compose(assigned -> ends.of(partitions, context))
                .compose(behind -> switch (from) {
                    case NOW ->
                        Future.all(behind.entrySet().stream()
                                        .map(end -> consumer.seek(end.getKey(), end.getValue()))
                                        .toList())
                                .map(sought -> new Goal(new HashMap<>(), Promise.promise()));
                    case BEGINNING ->
                        consumer.seekToBeginning(partitions)
                                .map(sought -> new Goal(new HashMap<>(behind), Promise.promise()));
                });
    }

    private Future<TopicView> poll(Goal first) {
        goals.add(first);
        Consumers.pollForEver(consumer, topic, context, Consumers.BREATH, () -> closed, this::handle);
        return checkGoals().compose(checked -> first.reached().future()).map(caughtUp -> this);
    }

    /** Looked at after the next batch: before, a position may stand for what was fetched and not handled yet. */
    @Override
    public Future<Void> caughtUp() {
        var reached = Promise.<Void>promise();
        return ends.of(partitions, context)
                .onSuccess(behind -> goals.add(new Goal(new HashMap<>(behind), reached)))
                .compose(asked -> reached.future());
    }

    private Future<?> handle(KafkaConsumerRecords<String, byte[]> records) {
        for (int i = 0; i < records.size() && !closed; i++) {
            var record = records.recordAt(i);
            Consumers.entry(topic, record)
                    .ifPresent(entry -> handle(entry, record.record().headers()));
        }
        return checkGoals();
    }

    private void handle(Entry<V> entry, Headers headers) {
        try {
            handler.accept(entry, headers);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("key", entry.key())
                    .setCause(e)
                    .log("handler failed, record passed over");
        }
    }

    /** By position, not by the last record seen: a transaction's marker has an offset too, and is never handed over. */
    private Future<?> checkGoals() {
        return Future.all(goals.stream().map(this::check).toList());
    }

    private Future<?> check(Goal goal) {
        return Future.all(goal.behind().entrySet().stream()
                        .map(end -> consumer.position(end.getKey())
                                .map(position -> position >= end.getValue() ? end.getKey() : null))
                        .toList())
                .onSuccess(reached -> {
                    goal.behind().keySet().removeAll(reached.list());
                    if (goal.behind().isEmpty()) {
                        goals.remove(goal);
                        goal.reached().tryComplete();
                    }
                });
    }

    @Override
    public Future<Void> close() {
        closed = true;
        goals.forEach(goal -> goal.reached().tryFail("closed before it had caught up with " + topic));
        return consumer.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
