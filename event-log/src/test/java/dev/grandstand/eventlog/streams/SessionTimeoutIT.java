package dev.grandstand.eventlog.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTimeoutIT {

    @Test
    void withStandbysItIsAsShortAsTheBrokersPermit(@TempDir Path folder) throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(SessionTimeout.of(settings(kafka.bootstrapServers(), 1, null)))
                    .isEqualTo(SessionTimeout.SHORTEST);
        }
    }

    @Test
    void brokersThatPermitNoLessThanUsualAreObeyed() {
        assertThat(SessionTimeout.suiting(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(6));
        assertThat(SessionTimeout.suiting(Duration.ofMillis(900))).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void withoutStandbysNobodyIsAsked() {
        assertThat(SessionTimeout.of(settings("nowhere:1", 0, null))).isEqualTo(SessionTimeout.USUAL);
    }

    @Test
    void whatIsConfiguredHolds() {
        assertThat(SessionTimeout.of(settings("nowhere:1", 1, Duration.ofSeconds(3))))
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static StreamsSettings settings(String servers, int standbys, @Nullable Duration timeout) {
        return new StreamsSettings(KafkaSettings.single(servers), 1, Duration.ofMillis(5), standbys, timeout);
    }
}
