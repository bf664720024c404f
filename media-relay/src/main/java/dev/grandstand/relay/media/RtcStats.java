package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import java.util.List;

/**
 * Counters of one endpoint since its creation.
 *
 * @param inbound what the peer sends, one entry per SSRC from which something came
 * @param outbound what is sent to the peer, one entry per kind of which something was sent
 */
public record RtcStats(List<Inbound> inbound, List<Outbound> outbound) {

    public RtcStats {
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    /**
     * @param ssrc the peer's, as an unsigned 32-bit number
     * @param bytes RTP payload and header bytes received
     * @param packetsLost cumulative loss as in RFC 3550 section 6.4.1; can be negative with duplicates
     * @param fractionLost 0–255 of the last report interval
     * @param jitterSeconds interarrival jitter
     * @param nackCount NACK messages that we sent
     * @param rembBitsPerSecond what the peer was last told that it may send, 0 if nothing
     */
    public record Inbound(
            MediaKind kind,
            long ssrc,
            long packets,
            long bytes,
            long packetsLost,
            int fractionLost,
            double jitterSeconds,
            long nackCount,
            long pliCount,
            long firCount,
            long rembBitsPerSecond) {}

    /**
     * @param ssrc ours, as an unsigned 32-bit number
     * @param packetsLost as the peer last reported
     * @param fractionLost 0–255, as the peer last reported
     * @param roundTripSeconds from the peer's last receiver report (RFC 3550 section 6.4.1), 0 if unknown
     * @param nackCount NACK messages that the peer sent; the same for {@code pliCount} and {@code firCount}
     * @param rembBitsPerSecond what the peer last said that it can receive, 0 if nothing
     */
    public record Outbound(
            MediaKind kind,
            long ssrc,
            long packets,
            long bytes,
            long packetsLost,
            int fractionLost,
            double roundTripSeconds,
            long nackCount,
            long pliCount,
            long firCount,
            long rembBitsPerSecond) {}
}
