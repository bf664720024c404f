package dev.grandstand.e2e.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A command that is durable, and its event, committed exactly once: what a decision cannot do without, at a steady rate and
 * with nothing around it. The decider is Kafka Streams that copies, in a process of its own.
 */
final class RoundTrips {

    static final String COMMANDS = "bench-commands";
    static final String EVENTS = "bench-events";
    private static final int PARTITIONS = 8;
    private static final int RECORD_BYTES = 400;
    private static final int COMMIT_MILLIS = 5;
    private static final double NOT_MEASURED_SECONDS = 2;

    private RoundTrips() {}

    /** The decider: bootstrap servers. */
    public static void main(String[] args) {
        var properties = new Properties();
        properties.putAll(KafkaClient.settings(args[0], Map.of()));
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "bench-decider",
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                COMMIT_MILLIS,
                StreamsConfig.POLL_MS_CONFIG,
                COMMIT_MILLIS / 2,
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class,
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.ByteArraySerde.class,
                StreamsConfig.producerPrefix("linger.ms"),
                0));
        var builder = new StreamsBuilder();
        builder.<byte[], byte[]>stream(COMMANDS).to(EVENTS);
        var streams = new KafkaStreams(builder.build(), properties);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(Duration.ofSeconds(5))));
        streams.start();
    }

    static void createTopics(String bootstrap) throws Exception {
        try (var admin = Admin.create(KafkaClient.settings(bootstrap, Map.of()))) {
            admin.createTopics(List.of(
                            new NewTopic(COMMANDS, PARTITIONS, (short) 1), new NewTopic(EVENTS, PARTITIONS, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** So many a second for so long; each counts from when it was due. */
    static Histogram measure(String bootstrap, double perSecond, double seconds) throws Exception {
        var latencies = new Histogram();
        try (var producer = new KafkaProducer<>(
                        KafkaClient.settings(bootstrap, Map.of("acks", "all", "linger.ms", 0)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(
                        KafkaClient.settings(
                                bootstrap, Map.of("isolation.level", "read_committed", "enable.auto.commit", "false")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(EVENTS).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            send(producer, 0, System.nanoTime());
            awaitFirst(consumer);
            long since = System.nanoTime();
            long count = (long) (perSecond * seconds);
            var sender = new Thread(() -> sendAll(producer, perSecond, count, since), "commands");
            sender.start();
            long deadline = since + TimeUnit.SECONDS.toNanos((long) seconds + 10);
            for (long seen = 0; seen < count && System.nanoTime() < deadline; ) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    seen++;
                    long due = ByteBuffer.wrap(record.value()).getLong();
                    if (due - since > NOT_MEASURED_SECONDS * TimeUnit.SECONDS.toNanos(1)) {
                        latencies.add(System.nanoTime() - due);
                    }
                }
            }
            sender.join(TimeUnit.SECONDS.toMillis(10));
        }
        return latencies;
    }

    /** The decider may have to start yet. */
    private static void awaitFirst(KafkaConsumer<byte[], byte[]> consumer) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nothing comes back");
            }
        }
    }

    private static void sendAll(KafkaProducer<byte[], byte[]> producer, double perSecond, long count, long since) {
        for (long i = 0; i < count; i++) {
            long due = since + (long) (i * TimeUnit.SECONDS.toNanos(1) / perSecond);
            java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            while (System.nanoTime() < due) {
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            }
            send(producer, (int) (i % PARTITIONS), due);
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, int partition, long due) {
        var value = ByteBuffer.allocate(RECORD_BYTES).putLong(due).array();
        producer.send(new ProducerRecord<>(COMMANDS, partition, null, value));
    }
}
