package dev.grandstand.webrtc.rtp;

import java.time.Duration;

/**
 * Decides what a sender may send (REMB) by the path from it to the receiver.
 *
 * <p>The controller is deliberately small. It starts at a bitrate that gives a good picture at once, and grows by a quarter
 * a second while the sender uses what it has and nothing is wrong. Loss above 10 % (RFC 8698 and libwebrtc draw the same
 * line) or growing queueing delay, seen as arrival time less the sender's {@code abs-send-time}, cuts it below what
 * really arrives. Between 2 % and 10 % loss it stays.
 */
public final class ReceiveBandwidth {

    static final long START = 1_500_000;

    /** No sender is told less than this unless the configured maximum is less, in bit/s. */
    public static final long FLOOR = 100_000;

    static final long CEILING = 8_000_000;

    private static final long WINDOW = Duration.ofMillis(1_000).toNanos();
    private static final double QUEUEING_LIMIT_MS = 80;
    private static final double BASE_DRIFT_MS = 0.5;
    private static final int ABS_SEND_TIME_RANGE = 1 << 24;
    private static final long HOLD = Duration.ofSeconds(3).toNanos();

    private long estimate = START;
    private long windowStart;
    private long windowBytes;
    private long measured;
    private boolean sendTimeKnown;
    private int lastSendTime;
    private long sendTicks;
    private double baseDelay = Double.NaN;
    private double smoothedDelay;
    private long holdUntil;
    private boolean holding;

    /**
     * Takes note of a packet.
     *
     * @param absSendTime 24-bit fixed point seconds (6.18), −1 if the packet has none
     */
    public void received(int bytes, int absSendTime, long now) {
        if (windowStart == 0) {
            windowStart = now;
        }
        windowBytes += bytes;
        if (absSendTime >= 0) {
            delay(absSendTime, now);
        }
    }

    private void delay(int absSendTime, long now) {
        if (sendTimeKnown) {
            int step = (absSendTime - lastSendTime) & (ABS_SEND_TIME_RANGE - 1);
            sendTicks += step < ABS_SEND_TIME_RANGE / 2 ? step : step - ABS_SEND_TIME_RANGE;
        }
        sendTimeKnown = true;
        lastSendTime = absSendTime;
        double delay = now / 1e6 - sendTicks * 1_000.0 / (1 << 18);
        if (Double.isNaN(baseDelay)) {
            baseDelay = delay;
            smoothedDelay = 0;
        }
        baseDelay = Math.min(baseDelay, delay);
        smoothedDelay += (delay - baseDelay - smoothedDelay) / 32;
    }

    /**
     * Ends an interval of about a second.
     *
     * @param fractionLost 0–255, of the interval
     * @param maximum configured, in bit/s, 0 for none
     * @return what to tell the publisher, in bit/s
     */
    public long update(int fractionLost, long maximum, long now) {
        if (windowStart != 0 && now - windowStart >= WINDOW / 2) {
            measured = windowBytes * 8 * 1_000_000_000L / (now - windowStart);
            windowStart = now;
            windowBytes = 0;
        }
        double loss = fractionLost / 256.0;
        boolean queueing = smoothedDelay > QUEUEING_LIMIT_MS;
        holding = holding && now - holdUntil < 0;
        if (loss > 0.10 || queueing) {
            double factor = queueing ? 0.85 : 1 - loss / 2;
            estimate = Math.min(estimate, (long) (Math.max(measured, FLOOR) * factor));
            holding = true;
            holdUntil = now + HOLD;
            if (queueing) {
                // The queue that was seen is being drained; a lasting change of the path becomes the new base.
                baseDelay += smoothedDelay / 4;
                smoothedDelay /= 2;
            }
        } else if (loss < 0.02 && !holding && measured > estimate / 2) {
            // What has come through can come through again.
            estimate = Math.max(estimate + estimate / 4, measured);
        }
        // Clocks drift apart, and paths change: let the base creep up so that an old minimum does not count for ever.
        baseDelay += BASE_DRIFT_MS;
        long ceiling = maximum > 0 ? Math.min(maximum, CEILING) : CEILING;
        estimate = Math.clamp(estimate, Math.min(FLOOR, ceiling), ceiling);
        return estimate;
    }

    /** What came in the last whole interval, in bit/s, 0 before its end. */
    public long measured() {
        return measured;
    }
}
