package dev.grandstand.servicekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvTest {

    private static Env with(String value) {
        return new Env(Map.of("NAME", value));
    }

    @Test
    void whatIsAbsentOrEmptyHasItsDefault() {
        for (var env : List.of(new Env(Map.of()), with(" "))) {
            assertThat(env.text("NAME", "x")).isEqualTo("x");
            assertThat(env.integer("NAME", 7, 0, 9)).isEqualTo(7);
            assertThat(env.flag("NAME", true)).isTrue();
            assertThat(env.duration("NAME", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
            assertThat(env.uris("NAME", List.of())).isEmpty();
            assertThat(env.list("NAME", List.of("a"))).containsExactly("a");
        }
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "20s, PT20S", "5m, PT5M", "4h, PT4H"})
    void durationsHaveAUnit(String text, Duration expected) {
        assertThat(with(text).duration("NAME", Duration.ZERO)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "s", "-3s", "1d"})
    void aBadDurationIsRefusedByTheVariablesName(String text) {
        assertThatThrownBy(() -> with(text).duration("NAME", Duration.ZERO))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("NAME=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "11", "-1", "1.5", "99999999999"})
    void aNumberOutOfItsRangeIsRefused(String text) {
        assertThatThrownBy(() -> with(text).integer("NAME", 1, 0, 10))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("from 0 to 10");
    }

    @Test
    void urisAreJoinedByCommas() {
        assertThat(with("ws://a:8888/kurento, ws://b:8888/kurento").uris("NAME", List.of()))
                .containsExactly(URI.create("ws://a:8888/kurento"), URI.create("ws://b:8888/kurento"));
        assertThatThrownBy(() -> with("ws://a:8888/kurento,nonsense").uris("NAME", List.of()))
                .isInstanceOf(BadConfiguration.class);
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(with("false").flag("NAME", true)).isFalse();
        assertThatThrownBy(() -> with("yes").flag("NAME", true)).isInstanceOf(BadConfiguration.class);
    }
}
