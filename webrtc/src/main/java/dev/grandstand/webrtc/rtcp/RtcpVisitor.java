package dev.grandstand.webrtc.rtcp;

/** Told of the parts of a compound packet in their order. SSRCs are 32-bit patterns, to be compared and not printed. */
public interface RtcpVisitor {

    /** A sender report's own part (RFC 3550 section 6.4.1); its report blocks follow. */
    default void senderReport(int ssrc, long ntp, int rtpTimestamp) {}

    /**
     * A report block of a sender or receiver report.
     *
     * @param about the source that is reported on
     * @param fractionLost 0–255
     * @param packetsLost cumulative, may be negative
     * @param lastSenderReport middle 32 bits of the last sender report's NTP time, 0 if there was none
     * @param delaySinceLast in 1/65536 s
     */
    default void reportBlock(
            int about, int fractionLost, int packetsLost, long jitter, int lastSenderReport, long delaySinceLast) {}

    /** One lost packet of a generic NACK (RFC 4585 section 6.2.1). */
    default void nack(int mediaSsrc, int sequence) {}

    /** A NACK message ended; {@link #nack} told of its packets before. */
    default void nackEnd(int mediaSsrc) {}

    /** Picture loss indication (RFC 4585 section 6.3.1). */
    default void pictureLoss(int mediaSsrc) {}

    /** Full intra request (RFC 5104 section 4.3.1). */
    default void fullIntraRequest(int mediaSsrc, int number) {}

    /** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb). */
    default void receiverEstimate(long bitsPerSecond) {}

    default void bye(int ssrc) {}
}
