package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcTransport;
import dev.grandstand.webrtc.rtcp.NtpTime;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Codec;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a peer of one kind: takes the packets of its source, makes them part of one continuous stream, and sends
 * them again when the peer missed some. Loop thread only.
 *
 * <p>Video begins at a keyframe: the last one if it is recent and complete, with everything since it in one go, otherwise
 * the next one. Header extensions are not forwarded: none but {@code abs-send-time} is negotiated, and that one tells of
 * the publisher's clock.
 *
 * <p>Over the usual length for the same reason as {@link InboundTrack}.
 */
final class OutboundTrack {

    private static final int NONE = -1;
    /** Packets sent in one go when catching up; more would overflow a browser's socket buffer. */
    private static final int BURST = 48;

    private static final Duration BURST_PAUSE = Duration.ofMillis(4);
    private static final int RESEND_MASK = 255;
    private static final long RESEND_PAUSE = Duration.ofMillis(20).toNanos();

    private final RelayEndpoint endpoint;
    private final MediaKind kind;
    private final StreamMapping mapping;
    private final int clockRate;
    private final SourcePacket replayed = new SourcePacket();
    /** Per payload type of the source: ours, or {@link #NONE}. */
    private final byte[] payloadTypes = new byte[128];

    private @Nullable NegotiatedMedia media;
    private @Nullable InboundTrack source;
    private boolean payloadTypesKnown;
    private long cursor = NONE;
    private boolean catchingUp;
    private long @Nullable [] resentAt;

    private int reportMiddle;
    private long reportAt;
    private long roundTrip;
    private long packets;
    private long octets;
    private long packetsLost;
    private int fractionLost;
    private long nackCount;
    private long keyframeRequestCount;
    private long fullIntraRequestCount;
    private int lastFullIntraRequest = NONE;

    OutboundTrack(RelayEndpoint endpoint, MediaKind kind) {
        this.endpoint = endpoint;
        this.kind = kind;
        this.clockRate = kind == MediaKind.AUDIO ? 48_000 : 90_000;
        var random = ThreadLocalRandom.current();
        this.mapping = new StreamMapping(clockRate, random.nextInt(1, 0x4000), random.nextInt());
    }

    void negotiated(NegotiatedMedia agreed) {
        media = agreed;
        payloadTypesKnown = false;
    }

    /** Takes another source, or none, in place of the present one. */
    void source(@Nullable InboundTrack next, long now) {
        if (next == source) {
            return;
        }
        if (source != null) {
            source.removeSink(this);
        }
        source = next;
        payloadTypesKnown = false;
        sourceBeginsAnew();
        if (next != null) {
            next.addSink(this);
            begin(now);
        }
    }

    @Nullable
    InboundTrack source() {
        return source;
    }

    /** What comes from the source from now on has nothing to do with what came before. */
    void sourceBeginsAnew() {
        mapping.end();
        cursor = NONE;
    }

    /**
     * Begins to send if that is possible. Before the peer is connected this asks for a keyframe all the same, which then
     * is there when it is needed.
     */
    void begin(long now) {
        InboundTrack from = source;
        if (from == null || media == null || !media.sending() || kind != MediaKind.VIDEO || mapping.begun()) {
            return;
        }
        PacketCache cache = from.cache();
        long keyframe = cache == null ? NONE : cache.replayFrom(now);
        if (keyframe < 0) {
            from.requestKeyframe(now);
        } else if (endpoint.canSend()) {
            beginAt(keyframe, now);
            catchUp(now);
        }
    }

    private void beginAt(long sequence, long now) {
        PacketCache cache = source == null ? null : source.cache();
        if (cache == null || !cache.get(sequence, replayed)) {
            return;
        }
        mapping.begin(
                sequence,
                replayed.timestamp,
                cache.highestTimestamp(),
                replayed.pictureId(),
                replayed.tl0PicIdx(),
                now);
        cursor = sequence;
    }

    /** Sends what is kept from the cursor on, until it has reached the present. */
    private void catchUp(long now) {
        PacketCache cache = source == null ? null : source.cache();
        if (cache == null || cursor < 0) {
            return;
        }
        for (int i = 0; i < BURST && cursor <= cache.highest(); i++) {
            if (cache.get(cursor++, replayed)) {
                send(replayed, now);
            }
        }
        if (cursor > cache.highest()) {
            cursor = NONE;
        } else if (!catchingUp) {
            catchingUp = true;
            endpoint.later(BURST_PAUSE, () -> {
                catchingUp = false;
                catchUp(System.nanoTime());
            });
        }
    }

    /** Takes a packet that has just come from the source. */
    void forward(SourcePacket packet, long now) {
        if (!endpoint.canSend() || media == null || !media.sending()) {
            return;
        }
        if (!mapping.begun()) {
            if (kind == MediaKind.AUDIO) {
                mapping.begin(packet.sequence, packet.timestamp, packet.timestamp, NONE, NONE, now);
            } else if (packet.keyframeStart) {
                beginAt(packet.sequence, now);
                catchUp(now);
                return;
            } else {
                return;
            }
        }
        if (cursor >= 0 && packet.sequence >= cursor) {
            catchUp(now);
        } else if (mapping.covers(packet.sequence)) {
            send(packet, now);
        }
    }

    private void send(SourcePacket packet, long now) {
        int payloadType = payloadType(packet.payloadType);
        RtcTransport transport = endpoint.transport();
        if (payloadType < 0 || transport == null || media == null) {
            return;
        }
        byte[] out = endpoint.scratch();
        int length = Rtp.FIXED_HEADER + packet.payloadLength;
        if (length > RelayEndpoint.PACKET_LIMIT) {
            return;
        }
        System.arraycopy(packet.buffer, packet.payloadOffset, out, Rtp.FIXED_HEADER, packet.payloadLength);
        long sequence = mapping.sequence(packet.sequence);
        int timestamp = mapping.timestamp(packet.timestamp);
        int pictureId = NONE;
        int tl0 = NONE;
        if (packet.hasVp8 && packet.vp8.pictureIdBits() > 0) {
            pictureId = mapping.pictureId(packet.pictureId(), packet.vp8.pictureIdBits());
            tl0 = packet.tl0PicIdx() < 0 ? NONE : mapping.tl0(packet.tl0PicIdx());
            packet.vp8.write(out, Rtp.FIXED_HEADER - packet.payloadOffset, pictureId, tl0);
        }
        Rtp.writeHeader(
                out, 0, packet.padding, packet.marker, payloadType, (int) sequence, timestamp, (int) media.localSsrc());
        if (transport.sendRtp(out, 0, length)) {
            mapping.sent(sequence, timestamp, pictureId, tl0, now);
            packets++;
            octets += packet.payloadLength;
            endpoint.forwarded(kind, now);
        }
    }

    private int payloadType(int sourceType) {
        if (!payloadTypesKnown) {
            payloadTypesKnown = true;
            Arrays.fill(payloadTypes, (byte) NONE);
            for (int type = 0; type < payloadTypes.length; type++) {
                Codec from = source == null ? null : source.codec(type);
                if (from != null && media != null) {
                    for (Codec to : media.codecs()) {
                        if (payloadTypes[type] < 0 && from.interchangeableWith(to)) {
                            payloadTypes[type] = (byte) to.payloadType();
                        }
                    }
                }
            }
        }
        return payloadTypes[sourceType];
    }

    /** The peer missed a packet. */
    void nacked(int sequence, long now) {
        InboundTrack from = source;
        PacketCache cache = from == null ? null : from.cache();
        long wanted = mapping.sourceSequence(sequence);
        if (cache == null || wanted < 0 || !endpoint.canSend() || !mayResend(sequence, now)) {
            return;
        }
        if (cache.get(wanted, replayed)) {
            send(replayed, now);
        }
    }

    /** Receivers ask again before an answer can have reached them; one answer in that time is enough. */
    private boolean mayResend(int sequence, long now) {
        long[] times = resentAt;
        if (times == null) {
            times = new long[RESEND_MASK + 1];
            resentAt = times;
        }
        int slot = sequence & RESEND_MASK;
        if (times[slot] != 0 && now - times[slot] < RESEND_PAUSE) {
            return false;
        }
        times[slot] = now;
        return true;
    }

    void nackMessage() {
        nackCount++;
    }

    /** The peer cannot go on without a keyframe. */
    void pictureLost(long now) {
        keyframeRequestCount++;
        requestKeyframe(now);
    }

    void fullIntraRequested(int number, long now) {
        if (number != lastFullIntraRequest) {
            lastFullIntraRequest = number;
            fullIntraRequestCount++;
            requestKeyframe(now);
        }
    }

    void requestKeyframe(long now) {
        if (source != null) {
            source.requestKeyframe(now);
        }
    }

    /** What the peer reports of our stream. */
    void reported(int fraction, int lost, int lastReport, long delay, long now) {
        fractionLost = fraction;
        packetsLost = lost;
        if (lastReport != 0 && lastReport == reportMiddle) {
            roundTrip = Math.max(0, now - reportAt - delay * 1_000_000_000L / 65_536);
        }
    }

    /** Adds a sender report to a compound packet, if the source's clock is known; returns whether it did. */
    boolean report(RtcpWriter out, long now) {
        InboundTrack from = source;
        if (from == null || media == null || !from.clockKnown() || !mapping.begun() || packets == 0) {
            return false;
        }
        long ntp = from.ntpNow(now);
        reportMiddle = NtpTime.middle(ntp);
        reportAt = now;
        out.senderReport((int) media.localSsrc(), ntp, mapping.timestamp(from.timestampNow(now)), packets, octets);
        return true;
    }

    long roundTrip() {
        return roundTrip;
    }

    /** What the peer lately said that it can receive, in bit/s, 0 if nothing. */
    long estimate(long now) {
        return endpoint.estimate(now);
    }

    RtcStats.Outbound stats(long remb) {
        return new RtcStats.Outbound(
                kind,
                media == null ? 0 : media.localSsrc(),
                packets,
                octets + packets * Rtp.FIXED_HEADER,
                packetsLost,
                fractionLost,
                roundTrip / 1e9,
                nackCount,
                keyframeRequestCount,
                fullIntraRequestCount,
                remb);
    }

    long packets() {
        return packets;
    }
}
