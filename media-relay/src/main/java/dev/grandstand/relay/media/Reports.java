package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.ReceiveBandwidth;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one peer is told regularly: sender reports for what we send, reports on what we receive, and how much it may send.
 * That is what its path to us carries, no more than is configured, and no more than {@link ViewersNeed}. Loop thread.
 */
final class Reports {

    private static final long INTERVAL = Duration.ofMillis(950).toNanos();
    private static final long EARLY_INTERVAL = Duration.ofMillis(200).toNanos();
    private static final int EARLY = 10;

    private final InboundTrack[] inbound;
    private final OutboundTrack[] outbound;
    private final ReceiveBandwidth path = new ReceiveBandwidth();
    private final ViewersNeed need = new ViewersNeed();
    private long last;
    private int count;
    private long remb;

    Reports(InboundTrack[] inbound, OutboundTrack[] outbound) {
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /** What the peer was last told that it may send, in bit/s, 0 if nothing. */
    long remb() {
        return remb;
    }

    /** Takes note of a packet of video; see {@link ReceiveBandwidth#received}. */
    void received(int bytes, int absSendTime, long now) {
        path.received(bytes, absSendTime, now);
    }

    boolean due(long now) {
        return now - last >= (count < EARLY ? EARLY_INTERVAL : INTERVAL);
    }

    /** Writes one compound packet. */
    void write(RtcpWriter out, List<NegotiatedMedia> media, Optional<String> cname, Bandwidth limits, long now) {
        last = now;
        count++;
        for (OutboundTrack track : outbound) {
            track.report(out, now);
        }
        int from = ssrc(media);
        out.receiverReport(from);
        for (InboundTrack track : inbound) {
            track.report(out, now);
        }
        cname.ifPresent(name -> media.forEach(agreed -> out.sourceDescription((int) agreed.localSsrc(), name)));
        InboundTrack video = inbound[MediaKind.VIDEO.ordinal()];
        if (video.sourceKnown()) {
            long carried = path.update(video.fractionLost(), limits.maxVideoRecv() * 1_000L, now);
            long needed = need.update(video.bestSinkEstimate(now), path.measured(), least(limits), now);
            remb = Math.min(carried, needed);
            out.receiverEstimate(from, remb, video.ssrc());
        }
    }

    private static long least(Bandwidth limits) {
        return Math.max(ReceiveBandwidth.FLOOR, limits.minVideoRecv() * 1_000L);
    }

    private static int ssrc(List<NegotiatedMedia> media) {
        for (NegotiatedMedia agreed : media) {
            if (agreed.kind() == MediaKind.VIDEO) {
                return (int) agreed.localSsrc();
            }
        }
        return 1;
    }
}
