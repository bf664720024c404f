package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveStatisticsTest {

    private static final long MS = 1_000_000;

    private final ReceiveStatistics statistics = new ReceiveStatistics(90_000);

    @Test
    void reportsTheLossOfEachInterval() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3) {
                statistics.received(1_000 + i, 0, 100, 0);
            }
        }
        statistics.endInterval();
        assertThat(statistics.packetsLost()).isEqualTo(24);
        assertThat(statistics.fractionLost()).isBetween(60, 64);

        for (int i = 100; i < 200; i++) {
            statistics.received(1_000 + i, 0, 100, 0);
        }
        statistics.endInterval();
        assertThat(statistics.fractionLost()).isLessThan(4);
        assertThat(statistics.highestSequence()).isEqualTo(1_199);
        assertThat(statistics.bytes()).isEqualTo(17_500);
    }

    @Test
    void evenSpacingIsNoJitterAndUnevenSpacingIs() {
        for (int i = 0; i < 100; i++) {
            statistics.received(i + 1, i * 900, 100, i * 10 * MS);
        }
        assertThat(statistics.jitterSeconds()).isLessThan(0.000_1);

        for (int i = 100; i < 200; i++) {
            statistics.received(i + 1, i * 900, 100, i * 10 * MS + (i % 2) * 8 * MS);
        }
        assertThat(statistics.jitterSeconds()).isBetween(0.006, 0.009);
    }
}
