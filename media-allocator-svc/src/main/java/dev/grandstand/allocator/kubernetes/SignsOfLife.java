package dev.grandstand.allocator.kubernetes;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process that holds the lease is known to be gone before the lease has run out. Two witnesses have to agree, for
 * {@link #CERTAIN}: the address that it named refuses connections, after it has taken one, and the lease is not renewed, which a
 * holder that lives does several times a second. So it is not taken for gone if
 *
 * <ul>
 *   <li>it was never reached from here: it may not listen yet, or something in between lets nothing through;
 *   <li>its address does not answer at all: its host may be gone, or cut off, and only the lease tells;
 *   <li>it renews: whatever refuses, it is not the end of it. After {@link #LIVES} renewals nothing is thought of refusals before
 *       it was reached again.
 * </ul>
 *
 * <p>May be told and asked by any thread.
 */
final class SignsOfLife {

    /** Longer than a holder that lives takes from one renewal to the next. */
    static final Duration CERTAIN = Duration.ofMillis(500);

    /** One alone may be all that there was time for, if this process was paused. */
    static final int REFUSALS = 3;

    /** One may have been read late, and another have been on its way when the holder died. */
    static final int LIVES = 3;

    private final LongSupplier nanos;
    private @Nullable Leader leader;
    private @Nullable Object renewed;
    private boolean reached;
    private int refusals;
    private int renewals;
    private long unrenewedSince;

    /** @param nanos as {@link System#nanoTime} */
    SignsOfLife(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * The lease was read.
     *
     * @param holder null if nobody holds it, if it is this process, or if the holder does not say where it is
     * @param renewal the time that the holder wrote; what matters is whether it is another than before
     */
    synchronized void read(@Nullable Leader holder, @Nullable Object renewal) {
        if (!Objects.equals(holder, leader)) {
            leader = holder;
            reached = false;
            refusals = 0;
        } else if (refusals > 0 && !Objects.equals(renewal, renewed)) {
            unrenewedSince = nanos.getAsLong();
            if (++renewals == LIVES) {
                reached = false;
                refusals = 0;
            }
        }
        renewed = renewal;
    }

    /** It took a connection. */
    synchronized void answered(Leader there) {
        if (there.equals(leader)) {
            reached = true;
            refusals = 0;
        }
    }

    /** Nobody knows whether it is there. */
    synchronized void unanswered(Leader there) {
        if (there.equals(leader)) {
            refusals = 0;
        }
    }

    /**
     * Nobody listens there.
     *
     * @return whether that may mean its end, so that the lease is to be read
     */
    synchronized boolean refused(Leader there) {
        if (!there.equals(leader) || !reached) {
            return false;
        }
        if (++refusals == 1) {
            renewals = 0;
            unrenewedSince = nanos.getAsLong();
        }
        return true;
    }

    /** Whether the lease that was read last may be taken from its holder. */
    synchronized boolean isGone() {
        return refusals >= REFUSALS && nanos.getAsLong() - unrenewedSince >= CERTAIN.toNanos();
    }
}
