package dev.grandstand.e2e.bench;

import dev.grandstand.eventlog.KafkaSettings;
import java.util.HashMap;
import java.util.Map;

/** How the clients of benchmarks reach a broker: as those of the services do, so that a limit is one of the same means. */
final class KafkaClient {

    private KafkaClient() {}

    static Map<String, Object> settings(String bootstrap, Map<String, Object> more) {
        var settings =
                new HashMap<String, Object>(KafkaSettings.single(bootstrap).client());
        settings.putAll(more);
        return settings;
    }
}
