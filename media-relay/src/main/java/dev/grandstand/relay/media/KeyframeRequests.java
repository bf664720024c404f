package dev.grandstand.relay.media;

import java.time.Duration;

/**
 * Merges the keyframe requests of many viewers into few to the publisher. A keyframe costs every viewer as much as a
 * dozen ordinary frames, so there is at most one request per interval; but none is forgotten: one that came too early is
 * sent when the interval is over, and one that brought no keyframe is repeated. Times are monotonic nanoseconds.
 */
final class KeyframeRequests {

    static final Duration INTERVAL = Duration.ofMillis(400);

    private static final long INTERVAL_NANOS = INTERVAL.toNanos();
    /** A publisher that is muted, or has no picture yet, is asked for half a minute and then left alone. */
    private static final int REPETITIONS = 75;

    private boolean wanted;
    private boolean everSent;
    private long lastSent;
    private int unanswered;

    /** Somebody needs a keyframe. Returns whether to ask the publisher now. */
    boolean request(long now) {
        wanted = true;
        unanswered = 0;
        return due(now);
    }

    /** Whether to ask the publisher now, because of an earlier request. */
    boolean due(long now) {
        if (!wanted || (everSent && now - lastSent < INTERVAL_NANOS)) {
            return false;
        }
        if (unanswered == REPETITIONS) {
            wanted = false;
            return false;
        }
        unanswered++;
        everSent = true;
        lastSent = now;
        return true;
    }

    /** A keyframe arrived: everybody who asked has got it. */
    void keyframeArrived() {
        wanted = false;
        unanswered = 0;
    }

    /** Whether a request waits for its time or for its keyframe. */
    boolean pending() {
        return wanted;
    }
}
