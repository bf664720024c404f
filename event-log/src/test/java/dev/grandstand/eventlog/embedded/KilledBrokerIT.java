package dev.grandstand.eventlog.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a process of its own is killed in the middle of a transaction, and comes back. */
class KilledBrokerIT {

    private static final String TOPIC = "records";

    /** Many, so that a broker that loses its leadership for a moment takes its time over it. */
    private static final int PARTITIONS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aTransactionThatItsKillLeftOpenHoldsNobodyUpOnceItsTimeIsOver() throws Exception {
        String address;
        try (var broker = new Broker(folder, 0)) {
            address = broker.address;
            create(address);
            var producer = producer(address, "cut off");
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, 0, null, "never committed"))
                    .get(20, TimeUnit.SECONDS);
            broker.kill();
            producer.close(Duration.ZERO);
        }

        try (var broker = new Broker(folder, port(address));
                var producer = producer(broker.address, "another")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, 0, null, "committed"));
            producer.commitTransaction();

            assertThat(firstRecords(address)).containsExactly("committed");
        }
    }

    private static void create(String address) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** Its transactions may take a second, less than a broker needs to start. */
    private static KafkaProducer<String, String> producer(String address, String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "transactional.id", id, "transaction.timeout.ms", 1_000),
                new StringSerializer(),
                new StringSerializer());
    }

    /** What a reader of committed records finds first. */
    private static List<String> firstRecords(String address) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partitions = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var found = new ArrayList<String>();
            await("a committed record to be readable").atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(one -> found.add(one.value()));
                return !found.isEmpty();
            });
            return found;
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** The process; {@link #main} is what runs in it. */
    private static final class Broker implements AutoCloseable {

        private final Process process;
        final String address;

        Broker(Path folder, int port) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledBrokerIT.class.getName(),
                            folder.toString(),
                            String.valueOf(port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            address = serves();
        }

        private String serves() throws IOException {
            var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("serves ")) {
                    return line.substring("serves ".length());
                }
            }
            throw new IOException("the broker ended before it served");
        }

        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** @param arguments the folder and the port */
    public static void main(String[] arguments) throws Exception {
        var kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("serves " + kafka.bootstrapServers());
    }
}
