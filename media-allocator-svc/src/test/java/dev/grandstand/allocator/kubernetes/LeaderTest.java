package dev.grandstand.allocator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "fd00::1"})
    void whatIsWrittenCanBeRead(String host) {
        var leader = new Leader("allocator-0.x1", host, 8083);

        assertThat(Leader.read("allocator-0.x1", leader.written())).contains(leader);
    }

    @Test
    void anAddressThatItsPredecessorLeftIsNotTheHolders() {
        assertThat(Leader.read("ann", new Leader("bob", "10.0.0.2", 8083).written()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann@",
                "ann@10.0.0.1",
                "ann@:8083",
                "ann@10.0.0.1:",
                "ann@10.0.0.1:0",
                "ann@10.0.0.1:x"
            })
    void whatSaysNothingIsNothing(String annotation) {
        assertThat(Leader.read("ann", annotation)).isEmpty();
    }
}
