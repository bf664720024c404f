package dev.grandstand.e2e.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What nobody who answers commands in transactions can beat: one process that copies each command to the events, all that there
 * are in one transaction, and does nothing else. To be started as a process of its own.
 */
final class BareAllocator {

    static final String COMMANDS = "bench-seat-commands";
    static final String EVENTS = "bench-seat-events";

    private BareAllocator() {}

    static void createTopics(String bootstrap, int partitions) throws Exception {
        try (var admin = Admin.create(KafkaClient.settings(bootstrap, Map.of()))) {
            admin.createTopics(List.of(
                            new NewTopic(COMMANDS, partitions, (short) 1), new NewTopic(EVENTS, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Bootstrap servers. */
    public static void main(String[] args) {
        try (var producer = new KafkaProducer<>(
                        KafkaClient.settings(
                                args[0],
                                Map.of(
                                        "transactional.id",
                                        "bench-allocator",
                                        "linger.ms",
                                        20,
                                        "max.in.flight.requests.per.connection",
                                        1)),
                        new StringSerializer(),
                        new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(
                        KafkaClient.settings(args[0], Map.of("enable.auto.commit", "false")),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            producer.initTransactions();
            var partitions = consumer.partitionsFor(COMMANDS).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!Thread.currentThread().isInterrupted()) {
                var commands = consumer.poll(Duration.ofMillis(100));
                if (commands.isEmpty()) {
                    continue;
                }
                producer.beginTransaction();
                commands.forEach(
                        command -> producer.send(new ProducerRecord<>(EVENTS, command.key(), command.value())));
                producer.commitTransaction();
            }
        }
    }
}
