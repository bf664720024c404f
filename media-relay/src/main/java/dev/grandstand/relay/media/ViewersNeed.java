package dev.grandstand.relay.media;

import java.time.Duration;

/**
 * How much of a picture is worth sending here, by what its viewers say that they can receive (REMB): what the best of them
 * can take. Links to other nodes count as viewers, so a need travels up a tree, link by link, to whoever presents.
 *
 * <p>Decision: the best viewer, not the worst. Taking the least of the viewers' estimates, as Kurento does, lets one bad
 * connection spoil the show for everybody; but what not even the best of them can take only fills queues on the way.
 *
 * <p>Who can take more than comes says nothing about how much more: receivers do not see beyond what they are sent. So a
 * statement is a limit only where it is below what comes, and that twice in a row, since receivers begin by guessing.
 * Otherwise the need grows by a quarter a second. Who has said nothing, or nothing lately, is not asked.
 */
final class ViewersNeed {

    static final long UNLIMITED = 1_000_000_000;

    private static final long STEP = Duration.ofMillis(900).toNanos();

    private long need = UNLIMITED;
    private boolean exceeded;
    private long steppedAt;
    private boolean begun;

    /**
     * @param best what the best viewer can take, in bit/s; 0 if none has said anything
     * @param comes what comes from the source, in bit/s
     * @param least never go below, in bit/s
     * @return the need in bit/s, {@link #UNLIMITED} if nothing limits it
     */
    long update(long best, long comes, long least, long now) {
        if (begun && now - steppedAt < STEP) {
            return need;
        }
        begun = true;
        steppedAt = now;
        boolean exceeds = best > 0 && best < comes;
        if (exceeds && exceeded) {
            need = Math.min(need, Math.max(best, least));
        } else if (!exceeds) {
            need = Math.min(UNLIMITED, need + need / 4);
        }
        exceeded = exceeds;
        return need;
    }
}
