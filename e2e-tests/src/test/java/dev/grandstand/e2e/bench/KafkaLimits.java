package dev.grandstand.e2e.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the broker itself takes, with nothing around it: one record at a time, from one thread. */
final class KafkaLimits implements AutoCloseable {

    private static final byte[] RECORD = new byte[400];
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String bootstrap;

    KafkaLimits(String bootstrap) throws ExecutionException, InterruptedException {
        this.bootstrap = bootstrap;
        try (var admin = Admin.create(KafkaClient.settings(bootstrap, Map.of()))) {
            admin.createTopics(List.of(
                            new NewTopic("bench-plain", 1, (short) 1), new NewTopic("bench-transaction", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** A record sent with acks=all, until a consumer has it. */
    Samples roundTrips(int count, int pauseMillis) throws InterruptedException {
        return measure("bench-plain", Map.of(), "read_uncommitted", count, pauseMillis);
    }

    /** A transaction of one record, from its beginning until a consumer of committed records has it. */
    Samples transactions(int count, int pauseMillis) throws InterruptedException {
        return measure(
                "bench-transaction",
                Map.of("transactional.id", "bench-" + pauseMillis),
                "read_committed",
                count,
                pauseMillis);
    }

    private Samples measure(String topic, Map<String, Object> more, String isolation, int count, int pauseMillis)
            throws InterruptedException {
        var samples = new Samples();
        var partition = new TopicPartition(topic, 0);
        try (var producer = producer(more);
                var consumer = consumer(isolation)) {
            boolean transactional = !more.isEmpty();
            if (transactional) {
                producer.initTransactions();
            }
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            for (int i = 0; i < count; i++) {
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
                long began = System.nanoTime();
                if (transactional) {
                    producer.beginTransaction();
                }
                producer.send(new ProducerRecord<>(topic, RECORD));
                if (transactional) {
                    producer.commitTransaction();
                }
                await(consumer, began);
                samples.addMillisSince(began);
            }
        }
        return samples;
    }

    private static void await(KafkaConsumer<byte[], byte[]> consumer, long began) {
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new IllegalStateException("the broker did not hand the record out within " + LIMIT);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var config = new HashMap<String, Object>(
                KafkaClient.settings(bootstrap, Map.of("acks", "all", "linger.ms", 0, "max.block.ms", 10_000)));
        config.putAll(more);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                KafkaClient.settings(
                        bootstrap,
                        Map.of("isolation.level", isolation, "fetch.min.bytes", 1, "enable.auto.commit", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        try (var admin = Admin.create(KafkaClient.settings(bootstrap, Map.of()))) {
            admin.deleteTopics(List.of("bench-plain", "bench-transaction"))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }
}
