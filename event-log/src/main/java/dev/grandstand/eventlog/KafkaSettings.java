package dev.grandstand.eventlog;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is, and how topics that do not exist yet are made.
 *
 * @param bootstrapServers host:port pairs, joined by commas
 * @param partitions of each new topic; rooms are spread over them by their id
 * @param replication copies of each partition, at most the number of brokers
 * @param security what every client says to be let in: Kafka's {@code security.*}, {@code sasl.*} and {@code ssl.*}
 */
public record KafkaSettings(String bootstrapServers, int partitions, short replication, Map<String, String> security) {

    private static final String FILE = "GRANDSTAND_KAFKA_PROPERTIES";
    private static final String SYSTEMS_OWN = "-1";

    private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");

    /** Without security. */
    public KafkaSettings(String bootstrapServers, int partitions, short replication) {
        this(bootstrapServers, partitions, replication, Map.of());
    }

    public KafkaSettings {
        security = Map.copyOf(security);
    }

    /**
     * From {@code GRANDSTAND_KAFKA} (localhost:9092), {@code GRANDSTAND_TOPIC_PARTITIONS} (8), {@code
     * GRANDSTAND_TOPIC_REPLICATION} (1) and the file that {@code GRANDSTAND_KAFKA_PROPERTIES} names (none).
     *
     * @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used
     */
    public static KafkaSettings from(Env env) {
        return new KafkaSettings(
                env.text("GRANDSTAND_KAFKA", "localhost:9092"),
                env.integer("GRANDSTAND_TOPIC_PARTITIONS", 8, 1, 1_000),
                (short) env.integer("GRANDSTAND_TOPIC_REPLICATION", 1, 1, 9),
                security(env.text(FILE, "")));
    }

    /** What each kind of client begins with: where the brokers are, and how they are spoken to. */
    public Map<String, String> client() {
        var client = new HashMap<>(security);
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        // The system's own, which grow. A batch of many small packets does not fit into Kafka's 64 KiB: the kernel
        // drops some, and everybody waits 200 ms until they are sent again.
        client.put(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, SYSTEMS_OWN);
        client.put(CommonClientConfigs.SEND_BUFFER_CONFIG, SYSTEMS_OWN);
        return Map.copyOf(client);
    }

    private static Map<String, String> security(String file) {
        if (file.isEmpty()) {
            return Map.of();
        }
        var read = new Properties();
        try {
            read.load(new StringReader(Files.readString(Path.of(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadConfiguration(FILE, file, "a file of properties that can be read: " + e.getMessage());
        }
        var names = new TreeSet<>(read.stringPropertyNames());
        // What else a client is told is what makes a reply durable; nobody takes that away from outside.
        names.removeIf(name -> SECURITY.stream().anyMatch(name::startsWith));
        if (!names.isEmpty()) {
            throw new BadConfiguration(
                    FILE, file, "a file of security., sasl. and ssl. settings alone, without " + names);
        }
        var found = new HashMap<String, String>();
        read.stringPropertyNames().forEach(name -> found.put(name, read.getProperty(name)));
        return found;
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", partitions=" + partitions + ", replication=" + replication
                + ", security=" + new TreeSet<>(security.keySet()) + "]";
    }

    /** One broker: what a laptop has. */
    public static KafkaSettings single(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, 4, (short) 1);
    }
}
