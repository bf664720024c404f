package dev.grandstand.webrtc.rtcp;

import dev.grandstand.webrtc.rtp.Bytes;
import java.nio.charset.StandardCharsets;

/** Writes a compound packet part by part into an array that is used again and again. */
public final class RtcpWriter {

    /** What a compound packet may grow to; room for SRTCP's overhead follows it in the array. */
    public static final int LIMIT = 1_200;

    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int REMB = 0x52454D42;

    private final byte[] b = new byte[LIMIT + 64];
    private int at;
    private int part;

    /** Begins anew. */
    public RtcpWriter clear() {
        at = 0;
        return this;
    }

    public byte[] array() {
        return b;
    }

    public int length() {
        return at;
    }

    private void begin(int count, int type) {
        part = at;
        b[at] = (byte) (0x80 | count);
        b[at + 1] = (byte) type;
        at += 4;
    }

    private void end() {
        Bytes.put16(b, part + 2, (at - part) / 4 - 1);
    }

    private void put32(int value) {
        Bytes.put32(b, at, value);
        at += 4;
    }

    /** A sender report without report blocks (RFC 3550 section 6.4.1). */
    public RtcpWriter senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        begin(0, SR);
        put32(ssrc);
        Bytes.put64(b, at, ntp);
        at += 8;
        put32(rtpTimestamp);
        put32((int) packets);
        put32((int) octets);
        end();
        return this;
    }

    /** A receiver report; add blocks with {@link #reportBlock}. */
    public RtcpWriter receiverReport(int ssrc) {
        begin(0, RR);
        put32(ssrc);
        end();
        return this;
    }

    /** Adds a block to the report written last. */
    public RtcpWriter reportBlock(
            int about,
            int fractionLost,
            int packetsLost,
            long highestSequence,
            long jitter,
            int lastSenderReport,
            long delaySinceLast) {
        b[part]++;
        put32(about);
        b[at] = (byte) fractionLost;
        Bytes.put24(b, at + 1, Math.clamp(packetsLost, -0x80_0000, 0x7F_FFFF));
        at += 4;
        put32((int) highestSequence);
        put32((int) jitter);
        put32(lastSenderReport);
        put32((int) delaySinceLast);
        end();
        return this;
    }

    /** A source description with the CNAME only (RFC 3550 section 6.5). */
    public RtcpWriter sourceDescription(int ssrc, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        begin(1, SDES);
        put32(ssrc);
        b[at++] = 1;
        b[at++] = (byte) name.length;
        System.arraycopy(name, 0, b, at, name.length);
        at += name.length;
        // At least one null ends the list, and pads it.
        do {
            b[at++] = 0;
        } while ((at - part) % 4 != 0);
        end();
        return this;
    }

    /** A generic NACK of lost packets in ascending order (RFC 4585 section 6.2.1). */
    public RtcpWriter nack(int ssrc, int mediaSsrc, int[] sequences, int count) {
        begin(1, TRANSPORT_FEEDBACK);
        put32(ssrc);
        put32(mediaSsrc);
        int i = 0;
        while (i < count && at + 4 <= LIMIT) {
            int packet = sequences[i++];
            int following = 0;
            while (i < count && ((sequences[i] - packet - 1) & 0xFFFF) < 16) {
                following |= 1 << ((sequences[i++] - packet - 1) & 0xFFFF);
            }
            Bytes.put16(b, at, packet);
            Bytes.put16(b, at + 2, following);
            at += 4;
        }
        end();
        return this;
    }

    public RtcpWriter pictureLoss(int ssrc, int mediaSsrc) {
        begin(1, PAYLOAD_FEEDBACK);
        put32(ssrc);
        put32(mediaSsrc);
        end();
        return this;
    }

    /** @param number of the request; grows by one with each new request, modulo 256 */
    public RtcpWriter fullIntraRequest(int ssrc, int mediaSsrc, int number) {
        begin(4, PAYLOAD_FEEDBACK);
        put32(ssrc);
        put32(0);
        put32(mediaSsrc);
        put32(number << 24);
        end();
        return this;
    }

    /** Receiver estimated maximum bitrate for some sources together. */
    public RtcpWriter receiverEstimate(int ssrc, long bitsPerSecond, int... about) {
        begin(15, PAYLOAD_FEEDBACK);
        put32(ssrc);
        put32(0);
        put32(REMB);
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        put32(about.length << 24 | exponent << 18 | (int) (bitsPerSecond >>> exponent));
        for (int source : about) {
            put32(source);
        }
        end();
        return this;
    }

    public RtcpWriter bye(int ssrc) {
        begin(1, BYE);
        put32(ssrc);
        end();
        return this;
    }
}
