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
        assertThat(options.shape()).isEqualTo(PictureShape.SMALL);
    }

    @Test
    void flagsAreRead() {
        var options = Options.parse("--room", "x", "--viewers", "3", "--seconds", "7", "--publishers", "1");
        assertThat(options.room()).hasToString("x");
        assertThat(options.viewers()).isEqualTo(3);
        assertThat(options.seconds()).isEqualTo(7);
        assertThat(options.publishers()).isEqualTo(1);
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> Options.parse("--viewers", "many")).hasMessageContaining("--viewers");
        assertThatThrownBy(() -> Options.parse("--viewers", "-1")).hasMessageContaining("--viewers");
        assertThatThrownBy(() -> Options.parse("--sort", "1")).hasMessageContaining("--sort");
        assertThatThrownBy(() -> Options.parse("--room")).hasMessageContaining("--room");
        assertThatThrownBy(() -> Options.parse("--room", "A B")).hasMessageContaining("--room");
    }
}
