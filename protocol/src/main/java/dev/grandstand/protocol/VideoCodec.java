package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a room's video is coded. Nodes forward pictures as they are, so that everybody in a room has to send and to decode
 * the same. Every browser has both (RFC 7742 section 5).
 */
public enum VideoCodec {
    /** VP8 (RFC 6386), in RTP by RFC 7741. */
    @JsonProperty("vp8")
    VP8,
    /** H.264 in its constrained baseline profile, in RTP by RFC 6184 with packetization mode 1. */
    @JsonProperty("h264")
    H264
}
