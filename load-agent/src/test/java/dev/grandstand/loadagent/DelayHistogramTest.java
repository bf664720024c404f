package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {

    private final DelayHistogram histogram = new DelayHistogram();

    @Test
    void percentilesAreRightToATenth() {
        for (int millis = 1; millis <= 1_000; millis++) {
            histogram.add(millis * 1_000L);
        }

        assertThat(histogram.percentile(50)).isBetween(Duration.ofMillis(500), Duration.ofMillis(550));
        assertThat(histogram.percentile(99)).isBetween(Duration.ofMillis(990), Duration.ofMillis(1_089));
    }

    @Test
    void whatNobodyMeasuredIsZeroAndExtremesAreKept() {
        assertThat(histogram.percentile(99)).isZero();
        histogram.add(-5);
        histogram.add(Long.MAX_VALUE / 2);
        assertThat(histogram.percentile(50)).isEqualTo(Duration.ofNanos(100_000));
        assertThat(histogram.percentile(100)).isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void aSecondIsTheDifferenceOfTwoStates() {
        histogram.add(1_000);
        var before = new DelayHistogram();
        before.add(histogram);
        histogram.add(900_000);

        assertThat(histogram.since(before).total()).isOne();
        assertThat(histogram.since(before).percentile(50)).isGreaterThan(Duration.ofMillis(890));
    }
}
