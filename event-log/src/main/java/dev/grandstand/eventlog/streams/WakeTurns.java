package dev.grandstand.eventlog.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When the tasks of one stream thread wake rooms after a restart: one task at a time, and for half of the thread's time, however
 * many tasks it has. The commands that have waited meanwhile get the other half.
 */
final class WakeTurns {

    /** About how long a turn takes. */
    static final Duration TURN = Duration.ofMillis(5);

    private final LongSupplier nanoTime;
    private long began;
    private long next;

    WakeTurns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** @return whether the asking task may wake rooms now; if so it says when it has {@link #ended} */
    boolean begins() {
        began = nanoTime.getAsLong();
        return began - next >= 0;
    }

    /** The next turn comes when others have had as much time. */
    void ended() {
        var now = nanoTime.getAsLong();
        next = now + (now - began);
    }
}
