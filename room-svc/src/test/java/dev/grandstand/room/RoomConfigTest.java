package dev.grandstand.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomConfigTest {

    @Test
    void hasADefaultForEverything() {
        var config = RoomConfig.from(new Env(Map.of()));
        assertThat(config.port()).isEqualTo(8081);
        assertThat(config.instanceGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.resumeGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.presenters()).isEqualTo(Limits.DEFAULT.presenters());
        assertThat(config.streams().threads()).isEqualTo(1);
        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(2));
        assertThat(config.streams().standbys()).isZero();
        assertThat(config.instance().value()).startsWith("room.");
    }

    @Test
    void takesWhatIsSet() {
        var config = RoomConfig.from(new Env(Map.of(
                "GRANDSTAND_ROOM_PORT", "9000",
                "GRANDSTAND_INSTANCE", "room-0",
                "GRANDSTAND_STREAM_THREADS", "4",
                "GRANDSTAND_COMMIT_INTERVAL", "20ms",
                "GRANDSTAND_INSTANCE_GRACE", "30s",
                "GRANDSTAND_RESUME_GRACE", "10s",
                "GRANDSTAND_PRESENTERS", "4")));
        assertThat(config.resumeGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.presenters()).isEqualTo(4);
        assertThat(config.port()).isEqualTo(9000);
        assertThat(config.instance().value()).startsWith("room-0.");
        assertThat(config.streams().threads()).isEqualTo(4);
        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.instanceGrace()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void hasNoDoorForOperatorsWithoutATokenAndNeverShowsTheToken() {
        var token = "0123456789abcdef0123456789abcdef";
        var off = RoomConfig.from(new Env(Map.of())).admin();
        var open = RoomConfig.from(new Env(Map.of("GRANDSTAND_ADMIN_TOKEN", token, "GRANDSTAND_ADMIN_PORT", "9001")));

        assertThat(off.secret()).isEmpty();
        assertThat(off.port()).isEqualTo(8084);
        assertThat(open.admin().secret()).contains(token);
        assertThat(open.admin().port()).isEqualTo(9001);
        assertThat(open.toString()).doesNotContain(token);
        assertThatThrownBy(() -> RoomConfig.from(new Env(Map.of("GRANDSTAND_ADMIN_TOKEN", "too-short"))))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_ADMIN_TOKEN")
                .hasMessageNotContaining("too-short");
    }

    @Test
    void refusesABadValueByTheVariablesName() {
        assertThatThrownBy(() -> RoomConfig.from(new Env(Map.of("GRANDSTAND_STREAM_THREADS", "0"))))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_STREAM_THREADS");
    }
}
