package dev.grandstand.signaling;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each network address may do, over all its connections. An address that has not used its allowance for a while is
 * forgotten; of more addresses than {@value #MOST_ADDRESSES} the excess shares one bucket, so memory stays bounded.
 * Thread-safe: all event loops of a process share it.
 */
final class AddressLimits {

    static final int MOST_ADDRESSES = 50_000;

    private static final String EVERYBODY_ELSE = "";

    private final Allowance allowance;
    private final LongSupplier nanoClock;
    private final Map<String, TokenBucket> buckets = new HashMap<>();
    private long sweptAt;

    AddressLimits(Allowance allowance, LongSupplier nanoClock) {
        this.allowance = allowance;
        this.nanoClock = nanoClock;
        this.sweptAt = nanoClock.getAsLong();
    }

    /** Whether the address may do it once more; if so, it counts. */
    synchronized boolean take(String address) {
        if (allowance.isUnlimited()) {
            return true;
        }
        var now = nanoClock.getAsLong();
        if (now - sweptAt > allowance.recovery().toNanos()) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
            sweptAt = now;
        }
        var key = buckets.containsKey(address) || buckets.size() < MOST_ADDRESSES ? address : EVERYBODY_ELSE;
        return buckets.computeIfAbsent(key, fresh -> new TokenBucket(allowance, now))
                .take(1, now);
    }

    synchronized int known() {
        return buckets.size();
    }
}
