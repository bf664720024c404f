package dev.grandstand.webrtc;

import dev.grandstand.webrtc.rtcp.NtpTime;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import dev.grandstand.webrtc.srtp.SrtpSession;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** What a client sends of one kind: numbers its packets, and sends some again when asked. Loop thread only. */
final class PeerSender {

    /** Packets kept for retransmission, a power of two: about two seconds of video. */
    private static final int KEPT = 256;

    private static final int PACKET_LIMIT = 1_460;

    private final NegotiatedMedia media;
    private final byte[][] kept = new byte[KEPT][];
    private final int[] keptSequence = new int[KEPT];
    private final byte[] scratch = new byte[PACKET_LIMIT + SrtpSession.OVERHEAD];
    private int sequence = ThreadLocalRandom.current().nextInt(0x8000);
    private int lastTimestamp;
    private long lastTimestampAt;
    private long packets;
    private long octets;
    private long retransmissions;
    private long packetsLost;
    private long roundTrip;
    private long keyframeRequests;
    private int reportMiddle;
    private long reportAt;

    PeerSender(NegotiatedMedia media) {
        this.media = media;
    }

    int ssrc() {
        return (int) media.localSsrc();
    }

    boolean send(RtcTransport transport, byte[] payload, int timestamp, boolean marker, int payloadType, long now) {
        int length = Rtp.FIXED_HEADER + payload.length;
        if (length > PACKET_LIMIT) {
            throw new IllegalArgumentException("payload of " + payload.length + " octets is too long for a packet");
        }
        sequence = (sequence + 1) & 0xFFFF;
        byte[] packet = new byte[length];
        Rtp.writeHeader(packet, 0, false, marker, payloadType, sequence, timestamp, ssrc());
        System.arraycopy(payload, 0, packet, Rtp.FIXED_HEADER, payload.length);
        kept[sequence & KEPT - 1] = packet;
        keptSequence[sequence & KEPT - 1] = sequence;
        lastTimestamp = timestamp;
        lastTimestampAt = now;
        packets++;
        octets += payload.length;
        return transmit(transport, packet);
    }

    private boolean transmit(RtcTransport transport, byte[] packet) {
        System.arraycopy(packet, 0, scratch, 0, packet.length);
        return transport.sendRtp(scratch, 0, packet.length);
    }

    void nacked(RtcTransport transport, int wanted) {
        byte[] packet = kept[wanted & KEPT - 1];
        if (packet != null && keptSequence[wanted & KEPT - 1] == wanted && transmit(transport, packet)) {
            retransmissions++;
        }
    }

    void keyframeRequested() {
        keyframeRequests++;
    }

    void reported(int lost, int lastReport, long delay, long now) {
        packetsLost = lost;
        if (lastReport != 0 && lastReport == reportMiddle) {
            roundTrip = Math.max(0, now - reportAt - delay * 1_000_000_000L / 65_536);
        }
    }

    void report(RtcpWriter out, long now) {
        if (packets > 0) {
            long ntp = NtpTime.of(Instant.now());
            int clock = media.codecs().getFirst().clockRate();
            reportMiddle = NtpTime.middle(ntp);
            reportAt = now;
            int timestamp = lastTimestamp + (int) ((now - lastTimestampAt) / 1_000 * clock / 1_000_000);
            out.senderReport(ssrc(), ntp, timestamp, packets, octets);
        }
    }

    long packets() {
        return packets;
    }

    RtcPeerStats.Sent stats() {
        return new RtcPeerStats.Sent(packets, octets, retransmissions, packetsLost, roundTrip / 1e9, keyframeRequests);
    }
}
