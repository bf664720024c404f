package dev.grandstand.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayConfigTest {

    @Test
    void hasKurentosDefaults() {
        var config = RelayConfig.from(new Env(Map.of()));
        assertThat(config.port()).isEqualTo(8_888);
        assertThat(config.collectionPeriod()).isEqualTo(Duration.ofSeconds(240));
        assertThat(config.announced().ipv4()).isEmpty();
    }

    @Test
    void flagsWinOverVariables() {
        var env = new Env(Map.of("GRANDSTAND_RELAY_PORT", "1", "GRANDSTAND_RELAY_UDP_PORT", "2"))
                .with(Flags.parse("--port", "3", "--announce", "203.0.113.7,2001:db8::1", "--collection-period", "5s"));
        var config = RelayConfig.from(env);
        assertThat(config.port()).isEqualTo(3);
        assertThat(config.udpPort()).isEqualTo(2);
        assertThat(config.announced().ipv4()).contains("203.0.113.7");
        assertThat(config.announced().ipv6()).contains("2001:db8::1");
        assertThat(config.collectionPeriod()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "GRANDSTAND_RELAY_PORT, 70000",
        "GRANDSTAND_RELAY_UDP_PORT, x",
        "GRANDSTAND_RELAY_COLLECTION_PERIOD, 0s",
        "GRANDSTAND_RELAY_ANNOUNCED_ADDRESSES, example.org",
        "GRANDSTAND_RELAY_MAX_OBJECTS, 0"
    })
    void refusesABadValueByItsName(String variable, String value) {
        var env = new Env(Map.of(variable, value));
        assertThatThrownBy(() -> RelayConfig.from(env))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining(variable);
    }

    @Test
    void refusesAnUnknownFlagAndOneWithoutAValue() {
        assertThatThrownBy(() -> Flags.parse("--prot", "1"))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("--prot");
        assertThatThrownBy(() -> Flags.parse("--port")).isInstanceOf(BadConfiguration.class);
    }
}
