package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a decider runs.
 *
 * @param kafka where Kafka is
 * @param threads how many stream threads; each decides the rooms of some partitions
 * @param commitInterval how long decisions gather before a transaction is committed, at most; what a command waits for
 * @param standbys how many other instances keep a copy of each partition's state, so that they take over at once
 */
public record StreamsSettings(KafkaSettings kafka, int threads, Duration commitInterval, int standbys) {

    /**
     * From {@code GRANDSTAND_STREAM_THREADS} (1), {@code GRANDSTAND_COMMIT_INTERVAL} (5ms), {@code
     * GRANDSTAND_STANDBYS} (0) and what {@link KafkaSettings#from} reads.
     *
     * @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used
     */
    public static StreamsSettings from(Env env) {
        return new StreamsSettings(
                KafkaSettings.from(env),
                env.integer("GRANDSTAND_STREAM_THREADS", 1, 1, 64),
                env.duration("GRANDSTAND_COMMIT_INTERVAL", Duration.ofMillis(5)),
                env.integer("GRANDSTAND_STANDBYS", 0, 0, 4));
    }

    /** For everything else the default is right; what is said here is said for latency, or for a clean hand-over. */
    Properties properties(String applicationId) {
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, applicationId),
                Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads),
                Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replication()),
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis()),
                // A thread looks whether to commit only between two polls, so no poll may outlast the interval.
                Map.entry(StreamsConfig.POLL_MS_CONFIG, Math.max(1, commitInterval.toMillis() / 2)),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L),
                Map.entry(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true),
                // A second instance takes its share within a minute even if the state is long to copy.
                Map.entry(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L),
                // By its heartbeat a member learns that another left, and that there are partitions to take over.
                // An instance that dies is missed after six seconds; its transaction blocks readers no longer than
                // that.
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000),
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 6_000),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0)));
        return properties;
    }
}
