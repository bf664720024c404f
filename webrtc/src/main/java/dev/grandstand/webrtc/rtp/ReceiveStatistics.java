package dev.grandstand.webrtc.rtp;

/** What a receiver reports of one source: loss and interarrival jitter (RFC 3550 sections 6.4.1, A.3 and A.8). */
public final class ReceiveStatistics {

    private final int clockRate;
    private long first = -1;
    private long highest;
    private long packets;
    private long bytes;
    private long expectedBefore;
    private long packetsBefore;
    private long lastTransit;
    private boolean transitKnown;
    private double jitter;
    private int fractionLost;

    /** @param clockRate of the source's timestamps in Hz */
    public ReceiveStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** @param sequence extended */
    public void received(long sequence, int timestamp, int length, long nowNanos) {
        if (first < 0) {
            first = sequence;
            highest = sequence;
        }
        highest = Math.max(highest, sequence);
        packets++;
        bytes += length;
        long arrival = nowNanos / 1_000 * clockRate / 1_000_000;
        long transit = (int) ((int) arrival - timestamp);
        if (transitKnown) {
            long difference = Math.abs((int) (transit - lastTransit));
            // A jump of more than ten seconds is a new timestamp base and no jitter.
            if (difference < 10L * clockRate) {
                jitter += (difference - jitter) / 16;
            }
        }
        transitKnown = true;
        lastTransit = transit;
    }

    /** Ends a report interval: {@link #fractionLost} tells of what came since the call before. */
    public void endInterval() {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (packets - packetsBefore);
        expectedBefore = expected;
        packetsBefore = packets;
        fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }

    private long expected() {
        return first < 0 ? 0 : highest - first + 1;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    /** Cumulative; negative if there were duplicates. */
    public long packetsLost() {
        return expected() - packets;
    }

    /** 0–255, of the last interval. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Extended highest sequence number. */
    public long highestSequence() {
        return highest;
    }

    /** In timestamp units. */
    public long jitter() {
        return (long) jitter;
    }

    public double jitterSeconds() {
        return jitter / clockRate;
    }
}
