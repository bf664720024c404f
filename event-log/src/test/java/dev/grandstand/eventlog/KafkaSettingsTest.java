package dev.grandstand.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void everyClientSaysWhatTheFileSaysAndNoLogDoes() throws Exception {
        var settings = from("security.protocol=SASL_SSL\nsasl.jaas.config=password of ours\n");

        assertThat(settings.client())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9093"),
                        Map.entry("receive.buffer.bytes", "-1"),
                        Map.entry("send.buffer.bytes", "-1"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "password of ours"));
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("password");
    }

    @Test
    void whatMakesRepliesDurableCannotBeTakenAway() {
        assertThatThrownBy(() -> from("acks=0\nsecurity.protocol=SSL\n"))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_KAFKA_PROPERTIES")
                .hasMessageContaining("[acks]");
    }

    @Test
    void aFileThatIsNotThereIsRefusedByTheVariable() {
        assertThatThrownBy(() -> KafkaSettings.from(new Env(Map.of("GRANDSTAND_KAFKA_PROPERTIES", "/not/there"))))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_KAFKA_PROPERTIES=/not/there");
    }

    private KafkaSettings from(String properties) throws IOException {
        var file = Files.writeString(folder.resolve("client.properties"), properties);
        return KafkaSettings.from(
                new Env(Map.of("GRANDSTAND_KAFKA", "kafka:9093", "GRANDSTAND_KAFKA_PROPERTIES", file.toString())));
    }
}
