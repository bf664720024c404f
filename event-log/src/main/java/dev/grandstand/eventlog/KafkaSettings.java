package dev.grandstand.eventlog;

import dev.grandstand.servicekit.Env;

/**
 * Where Kafka is, and how topics that do not exist yet are made.
 *
 * @param bootstrapServers host:port pairs, joined by commas
 * @param partitions of each new topic; rooms are spread over them by their id
 * @param replication copies of each partition, at most the number of brokers
 */
public record KafkaSettings(String bootstrapServers, int partitions, short replication) {

    /**
     * From {@code GRANDSTAND_KAFKA} (localhost:9092), {@code GRANDSTAND_TOPIC_PARTITIONS} (8) and {@code
     * GRANDSTAND_TOPIC_REPLICATION} (1).
     *
     * @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used
     */
    public static KafkaSettings from(Env env) {
        return new KafkaSettings(
                env.text("GRANDSTAND_KAFKA", "localhost:9092"),
                env.integer("GRANDSTAND_TOPIC_PARTITIONS", 8, 1, 1_000),
                (short) env.integer("GRANDSTAND_TOPIC_REPLICATION", 1, 1, 9));
    }

    /** One broker: what a laptop has. */
    public static KafkaSettings single(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, 4, (short) 1);
    }
}
