package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceUnwrapperTest {

    @Test
    void growsAcrossTheWrapAround() {
        var unwrapper = new SequenceUnwrapper();
        long first = unwrapper.unwrap(65_534);

        assertThat(unwrapper.unwrap(1)).isEqualTo(first + 3);
        assertThat(unwrapper.unwrap(65_535)).isEqualTo(first + 1);
        assertThat(unwrapper.highest()).isEqualTo(first + 3);
    }

    @Test
    void restoresAnyOrderWithoutLongJumps() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var unwrapper = new SequenceUnwrapper();
            long actual = random.nextInt(65_536);
            long offset = unwrapper.unwrap((int) actual) - actual;
            for (int i = 0; i < 5_000; i++) {
                actual += random.nextInt(-40, 60);
                if (actual >= 0) {
                    assertThat(unwrapper.unwrap((int) (actual & 0xFFFF)))
                            .as("seed %d", seed)
                            .isEqualTo(actual + offset);
                }
                actual = Math.max(actual, 0);
            }
        }
    }
}
