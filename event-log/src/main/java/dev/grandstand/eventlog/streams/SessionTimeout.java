package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.KafkaSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long an instance may be silent before others take its rooms over. Who runs standbys wants that soon, so with standbys
 * it is as short as the brokers permit; without, taking over means reading all state again, which a moment's silence is not
 * worth.
 */
final class SessionTimeout {

    /** Kafka's own least for a broker that nobody configured. */
    static final Duration USUAL = Duration.ofSeconds(6);

    /** Shorter, and a collection of garbage or a busy host counts as a death. */
    static final Duration SHORTEST = Duration.ofMillis(750);

    private static final String LEAST = "group.min.session.timeout.ms";
    private static final int PATIENCE_MS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(SessionTimeout.class);

    private SessionTimeout() {}

    /** What was configured, or what suits; asks the brokers, and blocks for 10 seconds at most. */
    static Duration of(StreamsSettings settings) {
        var configured = settings.sessionTimeout();
        if (configured != null) {
            return configured;
        }
        if (settings.standbys() == 0) {
            return USUAL;
        }
        var chosen = suiting(permitted(settings.kafka()));
        LOG.atInfo().addKeyValue("timeout", chosen).log("silence after which a standby takes over");
        return chosen;
    }

    /** @param permitted the least that brokers take */
    static Duration suiting(Duration permitted) {
        return permitted.compareTo(SHORTEST) < 0 ? SHORTEST : permitted;
    }

    /** Of all brokers the strictest: any of them may coordinate the group. */
    private static Duration permitted(KafkaSettings kafka) {
        var config = new HashMap<String, Object>(kafka.client());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        try (var admin = Admin.create(config)) {
            var brokers = admin.describeCluster().nodes().get(PATIENCE_MS / 2, TimeUnit.MILLISECONDS).stream()
                    .map(Node::idString)
                    .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
                    .toList();
            return admin.describeConfigs(brokers).all().get(PATIENCE_MS / 2, TimeUnit.MILLISECONDS).values().stream()
                    .map(SessionTimeout::least)
                    .max(Comparator.naturalOrder())
                    .orElse(USUAL);
        } catch (ExecutionException | TimeoutException e) {
            // Who may not read the brokers' configuration can still decide rooms.
            LOG.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log(
                            "brokers do not tell their least session time-out, a standby waits longer than it may have to");
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static Duration least(Config broker) {
        var entry = broker.get(LEAST);
        return entry == null ? USUAL : Duration.ofMillis(Long.parseLong(entry.value()));
    }
}
