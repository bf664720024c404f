package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a decider runs.
 *
 * @param kafka where Kafka is
 * @param threads how many stream threads; each decides the rooms of some partitions
 * @param commitInterval how long decisions gather before a transaction is committed, while there are few; what a command
 *     waits for. Up to {@link CommitPace#LONGEST} where there are many
 * @param standbys how many other instances keep a copy of each partition's state, so that they take over at once
 * @param sessionTimeout silence after which an instance counts as dead: its partitions move, and what it had not committed
 *     is undone. Brokers allow no less than their {@code group.min.session.timeout.ms}, 6 s unless configured otherwise.
 *     Null: {@link SessionTimeout} chooses
 */
public record StreamsSettings(
        KafkaSettings kafka,
        int threads,
        Duration commitInterval,
        int standbys,
        @Nullable Duration sessionTimeout) {

    /** How often a member says that it lives and learns of changes in its group, at least. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** Heartbeats that may get lost. */
    private static final int HEARTBEATS_PER_SESSION = 8;

    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration COMMIT_NOTHING = Duration.ofMillis(250);
    private static final Duration GATHER = Duration.ofMillis(100);

    /**
     * From {@code GRANDSTAND_STREAM_THREADS} (1), {@code GRANDSTAND_COMMIT_INTERVAL} (2ms), {@code
     * GRANDSTAND_STANDBYS} (0), {@code GRANDSTAND_SESSION_TIMEOUT} (chosen) and what {@link KafkaSettings#from} reads.
     *
     * @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used
     */
    public static StreamsSettings from(Env env) {
        return new StreamsSettings(
                KafkaSettings.from(env),
                env.integer("GRANDSTAND_STREAM_THREADS", 1, 1, 64),
                env.duration("GRANDSTAND_COMMIT_INTERVAL", Duration.ofMillis(2)),
                env.integer("GRANDSTAND_STANDBYS", 0, 0, 4),
                env.text("GRANDSTAND_SESSION_TIMEOUT", "").isEmpty()
                        ? null
                        : env.duration("GRANDSTAND_SESSION_TIMEOUT", SessionTimeout.USUAL));
    }

    /**
     * For everything else the default is right; what is said here is said for latency, or for a clean hand-over.
     *
     * @param chosen the session time-out
     */
    Properties properties(String applicationId, Duration chosen) {
        var timeout = (int) chosen.toMillis();
        var heartbeat = (int) Math.min(HEARTBEAT.toMillis(), timeout / HEARTBEATS_PER_SESSION);
        var properties = new Properties();
        properties.putAll(kafka.client());
        properties.putAll(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, applicationId),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads),
                Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replication()),
                // The decider asks for commits (CommitPace); this is for offsets of records that led to nothing.
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_NOTHING.toMillis()),
                // A thread looks whether to commit only between two polls.
                Map.entry(StreamsConfig.POLL_MS_CONFIG, POLL.toMillis()),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L),
                Map.entry(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                Map.entry(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true),
                // A second instance takes its share within a minute even if the state is long to copy.
                Map.entry(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L),
                // By its heartbeat a member learns that another left, and that there are partitions to take over.
                // An instance that dies is missed after the time-out; its transaction, which blocks readers and whoever
                // takes
                // over, is no older then.
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), timeout),
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), heartbeat),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), timeout),
                // The broker may want the first batch of a transaction again, and would refuse those sent after it.
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1),
                // A transaction that begins before the broker is done with the one before it is refused, and tried
                // again.
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2),
                // Nothing waits so long: what is left is sent before a commit, so that a transaction is one request.
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), GATHER.toMillis())));
        return properties;
    }
}
