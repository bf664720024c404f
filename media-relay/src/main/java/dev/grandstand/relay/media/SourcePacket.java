package dev.grandstand.relay.media;

/** An RTP packet on its way through the relay, without its header; one instance is used for packet after packet. */
final class SourcePacket {
    byte[] buffer = new byte[0];
    int payloadOffset;
    /** With padding, if there is some. */
    int payloadLength;

    /** Extended sequence number of the source. */
    long sequence;

    int timestamp;
    int payloadType;
    boolean marker;
    boolean padding;
    boolean keyframeStart;
}
