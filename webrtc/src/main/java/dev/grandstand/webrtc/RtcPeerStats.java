package dev.grandstand.webrtc;

import java.util.Map;

/**
 * Counters of one {@link RtcPeer} since its creation.
 *
 * @param received by kind, only kinds of which something came
 * @param sent by kind, only kinds of which something was sent
 */
public record RtcPeerStats(Map<MediaKind, Received> received, Map<MediaKind, Sent> sent) {

    public RtcPeerStats {
        received = Map.copyOf(received);
        sent = Map.copyOf(sent);
    }

    /**
     * @param packets without duplicates
     * @param bytes RTP headers and payloads
     * @param packetsLost that never came, not even when asked for again
     * @param frames complete or not, counted by their markers; packets for sound
     * @param keyframes of video, counted by their first packets
     * @param nacksSent messages
     * @param keyframeRequestsSent PLI messages
     * @param packetsMissed of video, missing for longer than it takes packets to overtake each other
     * @param packetsRepaired of these, that came after they had been asked for
     * @param firstPacketNanos {@link System#nanoTime} of the first packet
     * @param firstKeyframeNanos likewise of the packet that completed the first keyframe, 0 if there was none
     */
    public record Received(
            long packets,
            long bytes,
            long packetsLost,
            double jitterSeconds,
            long frames,
            long keyframes,
            long nacksSent,
            long keyframeRequestsSent,
            long packetsMissed,
            long packetsRepaired,
            long firstPacketNanos,
            long firstKeyframeNanos) {}

    /**
     * @param packets without retransmissions
     * @param packetsLost as the other side last reported
     * @param roundTripSeconds from its last report, 0 if unknown
     */
    public record Sent(
            long packets,
            long octets,
            long retransmissions,
            long packetsLost,
            double roundTripSeconds,
            long keyframeRequestsReceived) {}
}
