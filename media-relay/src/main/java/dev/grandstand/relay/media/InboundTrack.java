package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.rtcp.NtpTime;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Bytes;
import dev.grandstand.webrtc.rtp.H264;
import dev.grandstand.webrtc.rtp.LossTracker;
import dev.grandstand.webrtc.rtp.ReceiveStatistics;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.rtp.SequenceUnwrapper;
import dev.grandstand.webrtc.sdp.Codec;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a peer sends of one kind: takes its packets, has lost ones repeated, and hands them to all sinks. Loop thread only.
 *
 * <p>Over the usual length because the steps that one packet takes belong together: splitting them would make objects and
 * calls of what runs thousands of times a second.
 */
final class InboundTrack {

    private static final OutboundTrack[] NO_SINKS = new OutboundTrack[0];

    /** Shared by the many that only take, as viewers do. */
    private static final @Nullable Codec[] NO_CODECS = new Codec[128];

    private final RelayEndpoint endpoint;
    private final MediaKind kind;
    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final LossTracker losses = new LossTracker();
    private final KeyframeRequests keyframes = new KeyframeRequests();
    private final SourcePacket packet = new SourcePacket();
    /** By payload type. */
    private @Nullable Codec[] codecs = NO_CODECS;

    private int[] nacked = {};
    private @Nullable NegotiatedMedia media;
    private @Nullable PacketCache cache;
    private OutboundTrack[] sinks = NO_SINKS;
    private ReceiveStatistics statistics;
    private boolean sourceKnown;
    private int ssrc;
    private long lastPacketAt;
    private long nackCount;
    private long keyframeRequestCount;

    private boolean reported;
    private int reportedMiddle;
    private long reportedNtp;
    private int reportedTimestamp;
    private long reportedAt;

    InboundTrack(RelayEndpoint endpoint, MediaKind kind) {
        this.endpoint = endpoint;
        this.kind = kind;
        this.statistics = new ReceiveStatistics(clockRate());
    }

    int clockRate() {
        return kind == MediaKind.AUDIO ? 48_000 : 90_000;
    }

    MediaKind kind() {
        return kind;
    }

    /** Begins to take packets as negotiated. */
    void negotiated(NegotiatedMedia agreed) {
        media = agreed;
        if (agreed.receiving()) {
            codecs = NO_CODECS.clone();
            agreed.codecs().forEach(codec -> codecs[codec.payloadType()] = codec);
            nacked = new int[LossTracker.LIMIT];
        }
        if (kind == MediaKind.VIDEO && agreed.receiving()) {
            cache = new PacketCache();
        }
    }

    /** Whether packets of this payload type are this track's. */
    boolean takes(int payloadType) {
        return media != null && media.receiving() && codecs[payloadType] != null;
    }

    @Nullable
    Codec codec(int payloadType) {
        return codecs[payloadType];
    }

    @Nullable
    PacketCache cache() {
        return cache;
    }

    void addSink(OutboundTrack sink) {
        sinks = Arrays.copyOf(sinks, sinks.length + 1);
        sinks[sinks.length - 1] = sink;
    }

    void removeSink(OutboundTrack sink) {
        sinks = Arrays.stream(sinks).filter(other -> other != sink).toArray(OutboundTrack[]::new);
    }

    int sinkCount() {
        return sinks.length;
    }

    /** Takes a decrypted packet whose payload type {@link #takes} accepted. */
    void rtp(byte[] b, int offset, int length, long now) {
        int header = Rtp.headerLength(b, offset, length);
        if (header < 0 || !sameSource(Rtp.ssrc(b, offset), now)) {
            return;
        }
        SourcePacket p = packet;
        p.buffer = b;
        p.payloadOffset = offset + header;
        p.payloadLength = length - header;
        p.sequence = sequences.unwrap(Rtp.sequence(b, offset));
        p.timestamp = Rtp.timestamp(b, offset);
        p.payloadType = Rtp.payloadType(b, offset);
        p.marker = Rtp.marker(b, offset);
        p.padding = (b[offset] & 0x20) != 0;
        p.keyframeStart = false;
        p.hasVp8 = false;
        lastPacketAt = now;
        statistics.received(p.sequence, p.timestamp, length, now);
        if (kind == MediaKind.VIDEO) {
            video(b, offset, length, header, now);
        }
        for (OutboundTrack sink : sinks) {
            sink.forward(p, now);
        }
    }

    private void video(byte[] b, int offset, int length, int header, long now) {
        SourcePacket p = packet;
        Codec codec = codecs[p.payloadType];
        int padding = Rtp.padding(b, offset, length, header);
        if (padding >= 0 && codec != null) {
            p.describe(codec, padding);
            p.keyframeStart = p.hasVp8
                    ? p.vp8.keyframe()
                    : codec.is("H264") && H264.keyframeStart(b, p.payloadOffset, p.payloadLength - padding);
        }
        if (p.keyframeStart) {
            keyframes.keyframeArrived();
        }
        PacketCache kept = cache;
        if (kept != null) {
            kept.put(p, now);
        }
        losses.received(p.sequence, now);
        if (losses.pending()) {
            endpoint.repairSoon();
        }
        NegotiatedMedia agreed = media;
        int sendTimeAt = agreed == null || agreed.absSendTimeId() == 0
                ? -1
                : Rtp.extension(b, offset, header, agreed.absSendTimeId(), 3);
        endpoint.bandwidthUsed(length, sendTimeAt < 0 ? -1 : Bytes.u24(b, sendTimeAt), now);
    }

    /** Whether a packet is of the one source that we follow; a new source takes over when the old one is silent. */
    private boolean sameSource(int packetSsrc, long now) {
        if (sourceKnown && packetSsrc == ssrc) {
            return true;
        }
        NegotiatedMedia agreed = media;
        boolean announced = agreed == null
                || agreed.remoteSsrcs().isEmpty()
                || agreed.remoteSsrcs().getFirst() == (packetSsrc & 0xFFFF_FFFFL);
        if (sourceKnown ? now - lastPacketAt < 1_000_000_000L : !announced) {
            return false;
        }
        if (sourceKnown) {
            beginAnew();
        }
        sourceKnown = true;
        ssrc = packetSsrc;
        return true;
    }

    private void beginAnew() {
        // The unwrapper goes on: to the sinks the new source is a switch, and extended numbers must not go backwards.
        statistics = new ReceiveStatistics(clockRate());
        reported = false;
        if (cache != null) {
            cache.clear();
        }
        for (OutboundTrack sink : sinks) {
            sink.sourceBeginsAnew();
        }
    }

    /** A sender report of the peer; empty handed if it is about another source. */
    void senderReport(int reportSsrc, long ntp, int rtpTimestamp, SourceClock clock, long now) {
        if (sourceKnown && reportSsrc == ssrc) {
            reported = true;
            reportedMiddle = NtpTime.middle(ntp);
            reportedNtp = clock.toOurs(ntp);
            reportedTimestamp = rtpTimestamp;
            reportedAt = now;
        }
    }

    boolean clockKnown() {
        return reported;
    }

    /** Our NTP time of now, in line with what the source reported. */
    long ntpNow(long now) {
        return reportedNtp + NtpTime.ofNanos(now - reportedAt);
    }

    /** The source's RTP timestamp of now. */
    int timestampNow(long now) {
        return reportedTimestamp + (int) ((now - reportedAt) / 1_000 * clockRate() / 1_000_000);
    }

    /** Adds our report on this source to a compound packet. */
    void report(RtcpWriter out, long now) {
        if (!sourceKnown) {
            return;
        }
        statistics.endInterval();
        out.reportBlock(
                ssrc,
                statistics.fractionLost(),
                (int) statistics.packetsLost(),
                statistics.highestSequence(),
                statistics.jitter(),
                reported ? reportedMiddle : 0,
                reported ? (now - reportedAt) / 1_000 * 65_536 / 1_000_000 : 0);
    }

    /** The most that a viewer says that it can receive, in bit/s, 0 if none has said anything lately. */
    long bestSinkEstimate(long now) {
        long best = 0;
        for (OutboundTrack sink : sinks) {
            best = Math.max(best, sink.estimate(now));
        }
        return best;
    }

    int fractionLost() {
        return statistics.fractionLost();
    }

    boolean sourceKnown() {
        return sourceKnown;
    }

    int ssrc() {
        return ssrc;
    }

    /** A viewer needs a keyframe; asks the publisher now or as soon as it may. */
    void requestKeyframe(long now) {
        if (kind != MediaKind.VIDEO || media == null || !media.receiving()) {
            return;
        }
        if (keyframes.request(now)) {
            askForKeyframe();
        }
        endpoint.repairSoon();
    }

    /** Does what is due: asks for lost packets and for keyframes. Returns whether to come again soon. */
    boolean repair(long now) {
        if (!sourceKnown) {
            return keyframes.pending();
        }
        int due = losses.due(now, endpoint.tracks().roundTrip(), nacked);
        if (due > 0) {
            nackCount++;
            endpoint.sendFeedback(out -> out.nack(endpoint.tracks().ssrc(kind), ssrc, nacked, due));
        }
        if (losses.takeLost() && sinks.length > 0 && keyframes.request(now)) {
            askForKeyframe();
        }
        if (keyframes.due(now)) {
            askForKeyframe();
        }
        return losses.pending() || keyframes.pending();
    }

    private void askForKeyframe() {
        // Before the first packet we know its SSRC from the description, if at all.
        int target = sourceKnown || media == null || media.remoteSsrcs().isEmpty()
                ? ssrc
                : media.remoteSsrcs().getFirst().intValue();
        if (target != 0
                && endpoint.sendFeedback(
                        out -> out.pictureLoss(endpoint.tracks().ssrc(kind), target))) {
            keyframeRequestCount++;
        }
    }

    RtcStats.Inbound stats(long remb) {
        return new RtcStats.Inbound(
                kind,
                ssrc & 0xFFFF_FFFFL,
                statistics.packets(),
                statistics.bytes(),
                statistics.packetsLost(),
                statistics.fractionLost(),
                statistics.jitterSeconds(),
                nackCount,
                keyframeRequestCount,
                0,
                remb);
    }
}
