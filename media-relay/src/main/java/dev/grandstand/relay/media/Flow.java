package dev.grandstand.relay.media;

import java.time.Duration;

/** Whether media flows: from the first packet until none has come for two and a half seconds. */
final class Flow {

    private static final long SILENCE = Duration.ofMillis(2_500).toNanos();

    /** Read by other threads, which may see it late. */
    private volatile boolean flowing;

    private long last;

    /** Takes note of a packet; returns whether the flow begins with it. */
    boolean packet(long now) {
        last = now;
        if (flowing) {
            return false;
        }
        flowing = true;
        return true;
    }

    /** Returns whether the flow has just been found to have ceased. */
    boolean ceased(long now) {
        if (flowing && now - last > SILENCE) {
            flowing = false;
            return true;
        }
        return false;
    }

    boolean flowing() {
        return flowing;
    }
}
