package dev.grandstand.allocator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StridesTest {

    private static final Instant T0 = Instant.parse("2026-05-01T20:00:00Z");

    private final Strides strides = new Strides();

    @Test
    void eachTimeThatItWentRightTwiceAsManyGo() {
        assertThat(strides.most()).isEqualTo(1);

        strides.right(T0);
        assertThat(strides.most()).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            strides.right(T0);
        }
        assertThat(strides.most()).isEqualTo(20);
    }

    @Test
    void afterAnotherOneWentItIsOneAtATimeForAWhile() {
        strides.right(T0);
        strides.wrong(T0);
        strides.right(T0.plusSeconds(1));
        assertThat(strides.most()).isEqualTo(1);

        strides.right(T0.plus(Duration.ofMinutes(10)));
        assertThat(strides.most()).isEqualTo(2);
    }
}
