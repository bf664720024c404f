package dev.grandstand.relay.media;

import dev.grandstand.webrtc.rtcp.RtcpVisitor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hands the parts of a peer's RTCP packets to the tracks that they are about. Loop thread only. */
final class PeerFeedback implements RtcpVisitor {

    /** Browsers send their estimate every second, Kurento every few. */
    private static final long MEMORY = Duration.ofSeconds(10).toNanos();

    private final Tracks tracks;
    private final SourceClock clock = new SourceClock();
    private long estimate;
    private long estimatedAt;

    PeerFeedback(Tracks tracks) {
        this.tracks = tracks;
    }

    /** What the peer last said that it can receive, in bit/s, 0 if nothing. */
    long estimate() {
        return estimate;
    }

    /** The same, but nothing if it was said too long ago to count. */
    long estimate(long now) {
        return now - estimatedAt > MEMORY ? 0 : estimate;
    }

    private @Nullable OutboundTrack sent(int ssrc) {
        return tracks.outboundWith(ssrc);
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
        tracks.senderReport(ssrc, ntp, rtpTimestamp, clock, System.nanoTime());
    }

    @Override
    public void reportBlock(int about, int fractionLost, int packetsLost, long jitter, int lastReport, long delay) {
        OutboundTrack track = sent(about);
        if (track != null) {
            track.reported(fractionLost, packetsLost, lastReport, delay, System.nanoTime());
        }
    }

    @Override
    public void nack(int mediaSsrc, int sequence) {
        OutboundTrack track = sent(mediaSsrc);
        if (track != null) {
            track.nacked(sequence, System.nanoTime());
        }
    }

    @Override
    public void nackEnd(int mediaSsrc) {
        OutboundTrack track = sent(mediaSsrc);
        if (track != null) {
            track.nackMessage();
        }
    }

    @Override
    public void pictureLoss(int mediaSsrc) {
        OutboundTrack track = sent(mediaSsrc);
        if (track != null) {
            track.pictureLost(System.nanoTime());
        }
    }

    @Override
    public void fullIntraRequest(int mediaSsrc, int number) {
        OutboundTrack track = sent(mediaSsrc);
        if (track != null) {
            track.fullIntraRequested(number, System.nanoTime());
        }
    }

    @Override
    public void receiverEstimate(long bitsPerSecond) {
        estimate = bitsPerSecond;
        estimatedAt = System.nanoTime();
    }
}
