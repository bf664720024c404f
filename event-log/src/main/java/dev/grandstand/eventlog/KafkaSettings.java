package dev.grandstand.eventlog;

/**
 * Where Kafka is, and how topics that do not exist yet are made.
 *
 * @param bootstrapServers host:port pairs, joined by commas
 * @param partitions of each new topic; rooms are spread over them by their id
 * @param replication copies of each partition, at most the number of brokers
 */
public record KafkaSettings(String bootstrapServers, int partitions, short replication) {

    /** One broker: what a laptop has. */
    public static KafkaSettings single(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, 4, (short) 1);
    }
}
