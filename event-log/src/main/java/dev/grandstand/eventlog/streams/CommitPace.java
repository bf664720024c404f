package dev.grandstand.eventlog.streams;

import java.time.Duration;

/**
 * When the tasks of one stream thread commit: what any of them has written is committed together, so one of them sees to it
 * for all, and the others need not.
 */
final class CommitPace {

    /** A sixth of what a join may take where many come. */
    static final Duration LONGEST = Duration.ofMillis(40);

    /** Whoever was to see to it may have moved to another instance meanwhile. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Gathering gathering;
    private boolean expected;
    private long latest;

    /** @param shortest how long decisions gather while there are few */
    CommitPace(Duration shortest) {
        gathering = new Gathering(shortest, LONGEST);
    }

    /** Something was decided: by this it is judged how much there is to do, as what is due once a second comes all at once. */
    void decided(long now) {
        gathering.came(now);
    }

    /**
     * Something was written.
     *
     * @param now in milliseconds
     * @return in how many milliseconds the asking task is to see to the commit; 0 if another does
     */
    long written(long now) {
        if (expected && now < latest) {
            return 0;
        }
        long wait = Math.max(1, gathering.millis());
        expected = true;
        latest = now + wait + PATIENCE.toMillis();
        return wait;
    }

    /** All that was written is about to be committed. */
    void committing() {
        expected = false;
    }
}
