package dev.grandstand.allinone;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.nio.file.Path;
import java.util.Map;

/**
 * How everything runs in one process. Each service reads its own variables as it does alone; these are on top.
 *
 * @param dataDir where Kafka keeps what must survive a restart, and the secret stands ({@code GRANDSTAND_DATA_DIR}, {@code ~/.grandstand})
 * @param kafkaPort of the embedded Kafka, on loopback ({@code GRANDSTAND_KAFKA_PORT}, 9092)
 * @param relayPort of the relay's Kurento protocol, on loopback ({@code GRANDSTAND_RELAY_PORT}, 8888)
 * @param variables for the services
 */
public record AllInOneConfig(Path dataDir, int kafkaPort, int relayPort, Env variables) {

    /** @throws BadConfiguration if a value cannot be used */
    public static AllInOneConfig from(Env env) {
        return new AllInOneConfig(
                Path.of(env.text("GRANDSTAND_DATA_DIR", System.getProperty("user.home") + "/.grandstand")),
                env.port("GRANDSTAND_KAFKA_PORT", 9092),
                env.port("GRANDSTAND_RELAY_PORT", 8888),
                env);
    }

    /** Every port a free one, for tests that run beside each other. */
    public static AllInOneConfig onFreePorts(Path dataDir) {
        return from(new Env(Map.of(
                "GRANDSTAND_DATA_DIR", dataDir.toString(),
                "GRANDSTAND_KAFKA_PORT", "0",
                "GRANDSTAND_RELAY_PORT", "0",
                "GRANDSTAND_SIGNALING_PORT", "0",
                "GRANDSTAND_ROOM_PORT", "0",
                "GRANDSTAND_ADMIN_PORT", "0",
                "GRANDSTAND_CHAT_PORT", "0",
                "GRANDSTAND_ALLOCATOR_PORT", "0",
                "GRANDSTAND_ALLOCATOR_ADMIN_PORT", "0")));
    }
}
