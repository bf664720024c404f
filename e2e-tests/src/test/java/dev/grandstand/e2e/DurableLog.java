package dev.grandstand.e2e;

import dev.grandstand.eventlog.Topic;
import dev.grandstand.protocol.BadJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what stands in Kafka, with nothing of the system between. */
public final class DurableLog {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bootstrapServers;

    /** @param bootstrapServers where Kafka is */
    public DurableLog(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Everything committed that the topic holds for a key, in its order. */
    public <V> List<V> read(Topic<V> topic, String key) {
        return read(topic).getOrDefault(key, List.of());
    }

    /** Everything committed that the topic holds, by key, each in its order. */
    public <V> Map<String, List<V>> read(Topic<V> topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var behind = new HashMap<>(consumer.endOffsets(partitions));
            var found = new HashMap<String, List<V>>();
            var until = Instant.now().plus(PATIENCE);
            while (!behind.isEmpty() && Instant.now().isBefore(until)) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    found.computeIfAbsent(record.key(), first -> new ArrayList<>())
                            .add(decoded(topic, record));
                }
                behind.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            if (!behind.isEmpty()) {
                throw new IllegalStateException("could not read all of " + topic);
            }
            return found;
        }
    }

    private static <V> V decoded(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return topic.decode(record.value());
        } catch (BadJson e) {
            throw new IllegalStateException(topic + " holds what nobody can read", e);
        }
    }
}
