package dev.grandstand.allocator.kubernetes;

import java.time.Duration;
import java.time.Instant;

/** How long a media pod takes from its creation until it serves, with what was seen lately. Confined to one context. */
final class BootTime {

    private static final double WEIGHT = 0.3;

    private Duration typical;
    private boolean assumed = true;

    /** @param assumed as long as none has been seen */
    BootTime(Duration assumed) {
        this.typical = assumed;
    }

    void measured(Instant created, Instant serving) {
        var took = Duration.between(created, serving);
        if (took.isNegative()) {
            // Clocks differ by more than that.
            return;
        }
        typical = assumed
                ? took
                : Duration.ofMillis((long) ((1 - WEIGHT) * typical.toMillis() + WEIGHT * took.toMillis()));
        assumed = false;
    }

    Duration typical() {
        return typical;
    }
}
