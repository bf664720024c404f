package dev.grandstand.eventlog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A service's door to Kafka: one producer, and the consumers opened through it. Closing it closes them all.
 *
 * <p>Publishing succeeds only when every in-sync replica has the record (acks=all), is idempotent, and fails within
 * {@link #PUBLISH_TIMEOUT} when Kafka is away, unless opened with another time; nothing waits in a batch (linger 0).
 */
public final class EventLog {

    /** Longest time that a publish may take before it fails. */
    public static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than Kafka is away while a broker restarts: for {@link #open(Vertx, KafkaSettings, Duration)}. */
    public static final Duration PATIENT_PUBLISH_TIMEOUT = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final KafkaSettings settings;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicEnds ends;
    private final List<Follower> followers = new ArrayList<>();

    private EventLog(Vertx vertx, KafkaSettings settings, Duration publishTimeout) {
        this.vertx = vertx;
        this.settings = settings;
        this.ends = new TopicEnds(settings);
        this.producer = KafkaProducer.create(
                vertx, producerConfig(settings, publishTimeout), new StringSerializer(), new ByteArraySerializer());
        // Whoever publishes learns of the failure by the future; without a handler Vert.x would log it again.
        producer.exceptionHandler(failure -> {});
    }

    /** Connects, and makes the topics that do not exist yet; fails after 30 seconds without an answer. */
    public static Future<EventLog> open(Vertx vertx, KafkaSettings settings) {
        return open(vertx, settings, PUBLISH_TIMEOUT);
    }

    /**
     * The same for a service that publishes what follows from records, where nobody asks again.
     *
     * @param publishTimeout longest time that a publish may take before it fails
     */
    public static Future<EventLog> open(Vertx vertx, KafkaSettings settings, Duration publishTimeout) {
        return vertx.executeBlocking(() -> {
                    TopicCreation.ensure(settings, Topics.ALL);
                    return settings;
                })
                .map(ensured -> new EventLog(vertx, ensured, publishTimeout));
    }

    /** Completes once the value is durable. */
    public <V> Future<Void> publish(Topic<V> topic, V value) {
        return publish(topic, value, Trace.NONE);
    }

    /** The same for what a client's request led to. */
    public <V> Future<Void> publish(Topic<V> topic, V value, Trace trace) {
        var record = KafkaProducerRecord.create(topic.name(), topic.key().apply(value), topic.encode(value));
        if (!trace.isNone()) {
            record.addHeader(Trace.HEADER, trace.header());
        }
        return producer.send(record).mapEmpty();
    }

    /**
     * Hands every record of the topic, of all partitions, to {@code handler}, on the caller's context; only records of
     * committed transactions. The next batch is fetched when the handler is through with the last.
     *
     * @return completes when every record published from now on will be seen ({@link From#NOW}), or when everything
     *     that stood in the topic at the time of the call has been handled ({@link From#BEGINNING})
     */
    public <V> Future<TopicView> follow(Topic<V> topic, From from, Consumer<V> handler) {
        return followEntries(
                topic, from, entry -> Optional.ofNullable(entry.value()).ifPresent(handler));
    }

    /** Like {@link #follow}, but tells what led to each record, too. */
    public <V> Future<TopicView> followTraced(Topic<V> topic, From from, BiConsumer<V, Trace> handler) {
        return opened(TopicFollower.open(vertx, settings, ends, topic, from, (entry, headers) -> {
            var value = entry.value();
            if (value != null) {
                handler.accept(value, Trace.of(headers));
            }
        }));
    }

    /** Like {@link #follow}, but tells of keys that ended, too. */
    public <V> Future<TopicView> followEntries(Topic<V> topic, From from, Consumer<Entry<V>> handler) {
        return opened(
                TopicFollower.open(vertx, settings, ends, topic, from, (entry, headers) -> handler.accept(entry)));
    }

    /**
     * Shares the topic with the other members of the group: each record is handled by one of them, at least once, those
     * of one partition one after another. An offset is committed when the handler's future has completed; a failure is
     * logged and the record is passed over, for it would fail again; except for {@link SolePublisher.Deposed}, after which
     * no more records of the partition are handled.
     */
    public <V> Future<Follower> consume(Topic<V> topic, String group, Function<V, Future<Void>> handler) {
        return consumeTraced(topic, group, Consumers.BREATH, (value, trace) -> handler.apply(value));
    }

    /**
     * Like {@link #consume}, but tells what led to each record, too.
     *
     * @param breath for how long records may gather before they are fetched: a fetch costs the broker and both ends more than a
     *     record does, so whoever is in no hurry takes many at once
     */
    public <V> Future<Follower> consumeTraced(
            Topic<V> topic, String group, Duration breath, BiFunction<V, Trace, Future<Void>> handler) {
        return opened(GroupConsumer.share(vertx, settings, topic, group, breath, handler));
    }

    /**
     * Like {@link #consumeTraced}, but of all partitions, and beside nobody: for whoever knows by other means that no other
     * instance handles them ({@link SolePublisher}). It begins at once where the group stopped; the session of a member that
     * died does not have to end before. Partitions that the topic is given later are not read.
     *
     * <p>For a handler that decides at once and whose future only says when that is durable: records of one partition are begun
     * one after another.
     *
     * @param group under whose name the offsets are kept
     * @param atOnce how many of a partition may be under way
     */
    public <V> Future<Follower> consumeAlone(
            Topic<V> topic, String group, int atOnce, BiFunction<V, Trace, Future<Void>> handler) {
        return opened(GroupConsumer.alone(vertx, settings, topic, group, atOnce, handler));
    }

    /** Publishes as the only one of a name; to be closed by whoever opens it. */
    public Future<SolePublisher> openSole(String name) {
        return SolePublisher.open(vertx, settings, name);
    }

    /** Closes the consumers, then the producer, after what was published before has been sent or has failed. */
    public Future<Void> close() {
        List<Follower> open;
        synchronized (followers) {
            open = List.copyOf(followers);
            followers.clear();
        }
        // At once: whoever closes Vert.x, too, does not always wait for the rest of this.
        var nobodyAsks = vertx.executeBlocking(() -> {
            ends.close();
            return null;
        });
        return Future.join(open.stream().map(Follower::close).toList())
                .transform(closed -> producer.close(PUBLISH_TIMEOUT.toMillis()))
                .eventually(() -> nobodyAsks);
    }

    private <F extends Follower> Future<F> opened(Future<F> opening) {
        return opening.onSuccess(follower -> {
            synchronized (followers) {
                // Whoever opens and closes them again and again, as an allocator does with each reign, keeps nothing by
                // that.
                followers.removeIf(Follower::isClosed);
                followers.add(follower);
            }
        });
    }

    /** How many of them are kept. */
    int followers() {
        synchronized (followers) {
            return followers.size();
        }
    }

    private static Map<String, String> producerConfig(KafkaSettings settings, Duration publishTimeout) {
        var timeout = String.valueOf(publishTimeout.toMillis());
        var config = new HashMap<>(settings.client());
        config.putAll(Map.of(
                // What comes while a request is under way goes together in the next: nothing waits when there is little
                // to say, and when there is much a request carries many records.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1",
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.LINGER_MS_CONFIG, "0",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout));
        return config;
    }
}
