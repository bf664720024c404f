package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void everyFlagHasADefault() {
        var options = Options.parse();
        assertThat(options.url()).hasToString("ws://localhost:8080/ws");
        assertThat(options.viewers()).isEqualTo(10);
        assertThat(options.programme()).isEqualTo(Programme.generated(PictureShape.SMALL));
        assertThat(options.ramp()).isEqualTo(50);
    }

    @Test
    void flagsAreRead() {
        var options = Options.parse(
                "--room", "x", "--viewers", "3", "--seconds", "7", "--presenters", "2", "--ramp", "2.5/s");
        assertThat(options.room()).hasToString("x");
        assertThat(options.viewers()).isEqualTo(3);
        assertThat(options.seconds()).isEqualTo(7);
        assertThat(options.presenters()).isEqualTo(2);
        assertThat(options.ramp()).isEqualTo(2.5);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> Options.parse("--viewers", "many")).hasMessageContaining("--viewers");
        assertThatThrownBy(() -> Options.parse("--viewers", "-1")).hasMessageContaining("--viewers");
        assertThatThrownBy(() -> Options.parse("--ramp", "0/s")).hasMessageContaining("--ramp");
        assertThatThrownBy(() -> Options.parse("--bitrate", "5")).hasMessageContaining("--bitrate");
        assertThatThrownBy(() -> Options.parse("--url", "localhost:8080")).hasMessageContaining("--url");
        assertThatThrownBy(() -> Options.parse("--source", "nowhere.ivf")).hasMessageContaining("nowhere.ivf");
        assertThatThrownBy(() -> Options.parse("--sort", "1")).hasMessageContaining("--sort");
        assertThatThrownBy(() -> Options.parse("--room")).hasMessageContaining("--room");
        assertThatThrownBy(() -> Options.parse("--room", "A B")).hasMessageContaining("--room");
    }
}
