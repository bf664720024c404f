package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowTest {

    private static final long MS = 1_000_000;

    @Test
    void flowsFromTheFirstPacketUntilSilence() {
        var flow = new Flow();

        assertThat(flow.packet(0)).isTrue();
        assertThat(flow.packet(10 * MS)).isFalse();
        assertThat(flow.ceased(2_500 * MS)).isFalse();
        assertThat(flow.ceased(2_511 * MS)).isTrue();
        assertThat(flow.ceased(9_000 * MS)).isFalse();
        assertThat(flow.flowing()).isFalse();
        assertThat(flow.packet(9_001 * MS)).isTrue();
    }
}
