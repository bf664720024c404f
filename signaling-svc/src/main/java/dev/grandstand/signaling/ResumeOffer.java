package dev.grandstand.signaling;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps the client's resume token up to date: a change of the session's connections leads to a new token a moment later,
 * and many changes to one; an old token is renewed. Lives on the session's event loop.
 */
final class ResumeOffer {

    /** Longer than a burst of answers takes, shorter than anybody's socket needs to break. */
    private static final Duration COALESCE = Duration.ofMillis(20);

    private final Later later;
    private final BooleanSupplier send;
    private long sentAt;
    private boolean pending;

    /** @param send sends a new token, if the session is in a room; whether it did */
    ResumeOffer(Later later, BooleanSupplier send) {
        this.later = later;
        this.send = send;
    }

    void changed() {
        if (!pending) {
            pending = true;
            later.in(COALESCE, this::settle);
        }
    }

    /** What has changed is told now at the latest. */
    void settle() {
        if (pending) {
            offer();
        }
    }

    /** The client has just been given one. */
    void given() {
        sentAt = System.nanoTime();
    }

    /** To be called once a second. */
    void renewIfOld() {
        if (System.nanoTime() - sentAt >= ResumeTokens.RENEWAL.toNanos()) {
            offer();
        }
    }

    private void offer() {
        pending = false;
        if (send.getAsBoolean()) {
            given();
        }
    }
}
