package dev.grandstand.webrtc.sdp;

/**
 * A negotiated RTP header extension (RFC 8285 section 6).
 *
 * @param id 1–14 with one-byte headers, up to 255 with two-byte headers
 */
public record Extension(int id, String uri) {

    /** The sender's clock at sending, for estimating delay. The only extension that we use. */
    public static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
}
