package dev.grandstand.eventlog;

import dev.grandstand.protocol.BadJson;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import io.vertx.kafka.client.consumer.KafkaConsumerRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the two kinds of consumers share: configuration, partitions and decoding. */
final class Consumers {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);

    /** A poll returns as soon as there are records; other calls on the consumer wait for the poll under way. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

    /** Most records of one poll; they are handled in one go on an event loop. */
    static final int BATCH = 200;

    /** After a batch, so that a stream of records comes in batches and does not cost a fetch each. */
    static final Duration BREATH = Duration.ofMillis(2);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration MADE_LOOK = Duration.ofMillis(50);
    private static final int MADE_ATTEMPTS = 200;

    private Consumers() {}

    static KafkaConsumer<String, byte[]> create(Vertx vertx, KafkaSettings settings, Map<String, String> more) {
        var config = new HashMap<>(settings.client());
        config.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(BATCH)));
        config.putAll(more);
        KafkaConsumer<String, byte[]> consumer =
                KafkaConsumer.create(vertx, config, new StringDeserializer(), new ByteArrayDeserializer());
        return consumer;
    }

    /**
     * Asks again while there are none, for ten seconds: a broker may not have heard yet of a topic that was just made, and whoever
     * takes none for all hears nothing, for ever.
     */
    static Future<Set<TopicPartition>> partitions(Vertx vertx, KafkaConsumer<String, byte[]> consumer, Topic<?> topic) {
        return partitions(vertx, consumer, topic, MADE_ATTEMPTS);
    }

    private static Future<Set<TopicPartition>> partitions(
            Vertx vertx, KafkaConsumer<String, byte[]> consumer, Topic<?> topic, int attempts) {
        return consumer.partitionsFor(topic.name()).compose(found -> {
            if (!found.isEmpty()) {
                return Future.succeededFuture(found.stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.getPartition()))
                        .collect(Collectors.toSet()));
            }
            return attempts == 1
                    ? Future.failedFuture("there is no topic " + topic)
                    : vertx.timer(MADE_LOOK.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(later -> partitions(vertx, consumer, topic, attempts - 1));
        });
    }

    /** Empty for a record that need not be read, and for one that cannot be: that is logged, once, and passed over. */
    static <V> Optional<Entry<V>> entry(Topic<V> topic, KafkaConsumerRecord<String, byte[]> record) {
        try {
            var value = record.value();
            if (value != null && !topic.concerns().test(value)) {
                return Optional.empty();
            }
            return Optional.of(new Entry<>(record.key(), value == null ? null : topic.decode(value)));
        } catch (BadJson e) {
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("unreadable record passed over");
            return Optional.empty();
        }
    }

    /**
     * Polls, hands the batch over on the context, and polls again a breath after that is through, or at once where there was more
     * than one batch holds. A failure is tried again.
     */
    static void pollForEver(
            KafkaConsumer<String, byte[]> consumer,
            Topic<?> topic,
            Context context,
            Duration breath,
            BooleanSupplier closed,
            Function<KafkaConsumerRecords<String, byte[]>, Future<?>> handler) {
        if (closed.getAsBoolean()) {
            return;
        }
        var vertx = context.owner();
        consumer.poll(POLL_TIMEOUT)
                .compose(records -> handler.apply(records).map(records.isEmpty() || records.size() >= BATCH))
                .onComplete(polled -> {
                    if (polled.succeeded() && !polled.result()) {
                        vertx.setTimer(
                                breath.toMillis(),
                                timer -> pollForEver(consumer, topic, context, breath, closed, handler));
                        return;
                    }
                    if (polled.succeeded() || closed.getAsBoolean()) {
                        context.runOnContext(now -> pollForEver(consumer, topic, context, breath, closed, handler));
                        return;
                    }
                    LOG.atWarn()
                            .addKeyValue("topic", topic)
                            .setCause(polled.cause())
                            .log("poll failed, trying again");
                    vertx.setTimer(
                            RETRY_DELAY.toMillis(),
                            timer -> pollForEver(consumer, topic, context, breath, closed, handler));
                });
    }
}
