package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.ReceiveBandwidth;
import java.time.Duration;
import java.util.Optional;

/**
 * What one peer is told regularly: sender reports for what we send, reports on what we receive, and how much it may send.
 * That is what its path to us carries, no more than is configured, and no more than {@link ViewersNeed}. Loop thread.
 */
final class Reports {

    private static final long INTERVAL = Duration.ofMillis(950).toNanos();
    private static final long EARLY_INTERVAL = Duration.ofMillis(200).toNanos();
    private static final int EARLY = 10;

    private final Tracks tracks;
    private final ReceiveBandwidth path = new ReceiveBandwidth();
    private final ViewersNeed need = new ViewersNeed();
    private long last;
    private int count;
    private long remb;

    Reports(Tracks tracks) {
        this.tracks = tracks;
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
    void write(RtcpWriter out, Optional<String> cname, Bandwidth limits, long now) {
        last = now;
        count++;
        tracks.report(out, cname, now);
        InboundTrack video = tracks.inbound(MediaKind.VIDEO);
        if (video.sourceKnown()) {
            long carried = path.update(video.fractionLost(), limits.maxVideoRecv() * 1_000L, now);
            long needed = need.update(video.bestSinkEstimate(now), path.measured(), least(limits), now);
            remb = Math.min(carried, needed);
            out.receiverEstimate(tracks.ssrc(MediaKind.VIDEO), remb, video.ssrc());
        }
    }

    private static long least(Bandwidth limits) {
        return Math.max(ReceiveBandwidth.FLOOR, limits.minVideoRecv() * 1_000L);
    }
}
