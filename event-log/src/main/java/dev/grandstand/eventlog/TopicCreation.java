package dev.grandstand.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that do not exist yet. Every service does so when it starts; whoever is first wins. */
public final class TopicCreation {

    private static final long TIMEOUT_SECONDS = 30;

    private TopicCreation() {}

    /**
     * Blocks until every topic exists, for at most 30 seconds.
     *
     * @throws TimeoutException if Kafka does not answer in time
     * @throws ExecutionException if Kafka refuses
     */
    public static void ensure(KafkaSettings settings, List<Topic<?>> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        var config = new HashMap<String, Object>(settings.client());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        try (var admin = Admin.create(config)) {
            var existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            var creation = admin.createTopics(topics.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), settings.partitions(), settings.replication())
                            .configs(configuration(topic.retention())))
                    .toList());
            for (var topic : creation.values().values()) {
                try {
                    topic.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private static Map<String, String> configuration(Topic.Retention retention) {
        return switch (retention) {
            case LOG -> Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(TimeUnit.DAYS.toMillis(7)));
            case SHORT ->
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, String.valueOf(TimeUnit.HOURS.toMillis(1)),
                        TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(TimeUnit.MINUTES.toMillis(30)));
            case COMPACTED -> Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        };
    }
}
