package dev.grandstand.webrtc.rtcp;

import java.time.Instant;

/** NTP timestamps of 32.32 bits (RFC 3550 section 4). */
public final class NtpTime {

    private static final long EPOCH_DIFFERENCE = 2_208_988_800L;

    private NtpTime() {}

    public static long of(Instant instant) {
        return (instant.getEpochSecond() + EPOCH_DIFFERENCE) << 32 | ofNanos(instant.getNano());
    }

    /** A duration of nanoseconds in the same unit. */
    public static long ofNanos(long nanos) {
        return (nanos / 1_000_000_000 << 32) + (nanos % 1_000_000_000 << 32) / 1_000_000_000;
    }

    /** The middle 32 bits, as reports quote them. */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }
}
