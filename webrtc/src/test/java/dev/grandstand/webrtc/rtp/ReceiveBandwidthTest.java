package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveBandwidthTest {

    private static final long MS = 1_000_000;

    private final ReceiveBandwidth bandwidth = new ReceiveBandwidth();
    private long now = 1_000 * MS;
    private double sendTime = 10;

    /** One second of packets at a bitrate, each so many milliseconds later than the one before it was sent. */
    private long second(long bitsPerSecond, double addedDelayMs, int fractionLost, long maximum) {
        for (int i = 0; i < 100; i++) {
            sendTime += 0.01;
            now += 10 * MS + (long) (addedDelayMs * MS / 100);
            bandwidth.received((int) (bitsPerSecond / 800), (int) (sendTime * (1 << 18)) & 0xFFFFFF, now);
        }
        return bandwidth.update(fractionLost, maximum, now);
    }

    @Test
    void climbsToTheMaximumWhileNothingIsLost() {
        long told = 0;
        for (int i = 0; i < 20; i++) {
            told = second(Math.max(told, 1_000_000), 0, 0, 3_000_000);
        }
        assertThat(told).isEqualTo(3_000_000);
    }

    @Test
    void doesNotClimbForASenderThatNeedsLess() {
        long told = 0;
        for (int i = 0; i < 20; i++) {
            told = second(300_000, 0, 0, 0);
        }
        assertThat(told).isEqualTo(ReceiveBandwidth.START);
    }

    @Test
    void lossCutsItBelowWhatArrives() {
        second(2_000_000, 0, 0, 0);

        assertThat(second(1_000_000, 0, 64, 0)).isLessThan(1_000_000);
    }

    @Test
    void growingDelayCutsItBelowWhatArrives() {
        second(1_000_000, 0, 0, 0);
        second(1_000_000, 120, 0, 0);

        assertThat(second(1_000_000, 120, 0, 0)).isLessThan(1_000_000);
    }

    @Test
    void aLittleLossChangesNothing() {
        long before = second(1_000_000, 0, 13, 0);

        assertThat(second(1_000_000, 0, 13, 0)).isEqualTo(before);
    }

    @Test
    void neverTellsLessThanTheFloor() {
        for (int i = 0; i < 30; i++) {
            assertThat(second(1_000, 0, 255, 0)).isGreaterThanOrEqualTo(ReceiveBandwidth.FLOOR);
        }
        assertThat(second(1_000, 0, 0, 50_000)).isEqualTo(50_000);
    }
}
