package dev.grandstand.webrtc;

import dev.grandstand.webrtc.rtcp.NtpTime;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.H264;
import dev.grandstand.webrtc.rtp.LossTracker;
import dev.grandstand.webrtc.rtp.ReceiveBandwidth;
import dev.grandstand.webrtc.rtp.ReceiveStatistics;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.rtp.SequenceUnwrapper;
import dev.grandstand.webrtc.rtp.Vp8Descriptor;
import dev.grandstand.webrtc.sdp.Codec;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.time.Duration;

/**
 * What a client receives of one kind: counts it, and asks for what is missing, as a browser does: lost packets a few times
 * each, and a keyframe again and again for as long as nothing can be decoded without one. Loop thread only.
 */
final class PeerReceiver {

    private static final long KEYFRAME_PATIENCE = Duration.ofMillis(300).toNanos();

    private final NegotiatedMedia media;
    private final ReceiveStatistics statistics;
    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final LossTracker losses = new LossTracker();
    private final ReceiveBandwidth bandwidth = new ReceiveBandwidth();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final int[] missing = new int[LossTracker.LIMIT];
    private int ssrc;
    private boolean known;
    private long frames;
    private long keyframes;
    private long nacks;
    private long keyframeRequests;
    private long firstPacket;
    private long firstKeyframe;
    private boolean inFirstKeyframe;
    private boolean keyframeNeeded;
    private long keyframeAskedAt;
    private int lastReport;
    private long lastReportAt;

    PeerReceiver(NegotiatedMedia media) {
        this.media = media;
        this.statistics = new ReceiveStatistics(media.codecs().getFirst().clockRate());
    }

    boolean takes(int payloadType) {
        return media.codecs().stream().anyMatch(codec -> codec.payloadType() == payloadType);
    }

    MediaKind kind() {
        return media.kind();
    }

    boolean known() {
        return known;
    }

    void rtp(byte[] b, int offset, int length, long now) {
        if (!known) {
            known = true;
            ssrc = Rtp.ssrc(b, offset);
            firstPacket = now;
            keyframeNeeded = media.kind() == MediaKind.VIDEO;
            keyframeAskedAt = now;
        }
        long sequence = sequences.unwrap(Rtp.sequence(b, offset));
        statistics.received(sequence, Rtp.timestamp(b, offset), length, now);
        boolean marker = Rtp.marker(b, offset);
        if (media.kind() == MediaKind.AUDIO) {
            frames++;
            return;
        }
        losses.received(sequence, now);
        bandwidth.received(length, -1, now);
        frames += marker ? 1 : 0;
        if (keyframeStart(b, offset, length)) {
            keyframes++;
            keyframeNeeded &= sequence < losses.lostUntil();
            inFirstKeyframe = firstKeyframe == 0;
        }
        if (marker && inFirstKeyframe) {
            inFirstKeyframe = false;
            firstKeyframe = now;
        }
    }

    private boolean keyframeStart(byte[] b, int offset, int length) {
        int header = Rtp.headerLength(b, offset, length);
        int type = Rtp.payloadType(b, offset);
        if (header < 0) {
            return false;
        }
        for (Codec codec : media.codecs()) {
            if (codec.payloadType() == type) {
                return codec.is("VP8")
                        ? vp8.read(b, offset + header, length - header) && vp8.keyframe()
                        : H264.keyframeStart(b, offset + header, length - header);
            }
        }
        return false;
    }

    void senderReport(int reportSsrc, long ntp, long now) {
        if (known && reportSsrc == ssrc) {
            lastReport = NtpTime.middle(ntp);
            lastReportAt = now;
        }
    }

    boolean losing() {
        return losses.pending() || keyframeNeeded;
    }

    /** Adds NACK and PLI messages that are due; returns whether it added something. */
    boolean repair(RtcpWriter out, int ownSsrc, long now) {
        int due = known ? losses.due(now, 0, missing) : 0;
        if (due > 0) {
            nacks++;
            out.nack(ownSsrc, ssrc, missing, due);
        }
        if (losses.takeLost() && !keyframeNeeded) {
            keyframeNeeded = true;
            keyframeAskedAt = now - KEYFRAME_PATIENCE;
        }
        boolean ask = keyframeNeeded && now - keyframeAskedAt >= KEYFRAME_PATIENCE;
        if (ask) {
            keyframeAskedAt = now;
            requestKeyframe(out, ownSsrc);
        }
        return due > 0 || ask;
    }

    /** Adds a PLI message if the source is known. */
    boolean requestKeyframe(RtcpWriter out, int ownSsrc) {
        if (known) {
            keyframeRequests++;
            out.pictureLoss(ownSsrc, ssrc);
        }
        return known;
    }

    void report(RtcpWriter out, long now) {
        if (known) {
            statistics.endInterval();
            out.reportBlock(
                    ssrc,
                    statistics.fractionLost(),
                    (int) statistics.packetsLost(),
                    statistics.highestSequence(),
                    statistics.jitter(),
                    lastReport,
                    lastReport == 0 ? 0 : (now - lastReportAt) / 1_000 * 65_536 / 1_000_000);
        }
    }

    /** Adds what the sender of the picture may send (REMB); after {@link #report}. */
    void estimate(RtcpWriter out, int ownSsrc, long now) {
        if (known && media.kind() == MediaKind.VIDEO) {
            out.receiverEstimate(ownSsrc, bandwidth.update(statistics.fractionLost(), 0, now), ssrc);
        }
    }

    RtcPeerStats.Received stats() {
        return new RtcPeerStats.Received(
                statistics.packets(),
                statistics.bytes(),
                statistics.packetsLost(),
                statistics.jitterSeconds(),
                frames,
                keyframes,
                nacks,
                keyframeRequests,
                losses.missed(),
                losses.repaired(),
                firstPacket,
                firstKeyframe);
    }
}
