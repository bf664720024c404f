package dev.grandstand.signaling;

import java.util.concurrent.TimeUnit;

/** What is left of an {@link Allowance}. Lives on one event loop; the caller says what time it is, in nanoseconds. */
final class TokenBucket {

    private final Allowance allowance;
    private double tokens;
    private long filledAt;

    TokenBucket(Allowance allowance, long nanoTime) {
        this.allowance = allowance;
        this.tokens = allowance.burst();
        this.filledAt = nanoTime;
    }

    /** Takes {@code amount}, or nothing at all if less is left. */
    boolean take(long amount, long nanoTime) {
        refill(nanoTime);
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    /** Whether nothing is missing, so that a new bucket would say the same. */
    boolean isFull(long nanoTime) {
        refill(nanoTime);
        return tokens >= allowance.burst();
    }

    private void refill(long nanoTime) {
        var seconds = Math.max(0, nanoTime - filledAt) / (double) TimeUnit.SECONDS.toNanos(1);
        tokens = Math.min(allowance.burst(), tokens + seconds * allowance.perSecond());
        filledAt = nanoTime;
    }
}
