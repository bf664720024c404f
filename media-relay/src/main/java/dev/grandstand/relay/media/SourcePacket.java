package dev.grandstand.relay.media;

import dev.grandstand.webrtc.rtp.Vp8Descriptor;
import dev.grandstand.webrtc.sdp.Codec;
import org.jspecify.annotations.Nullable;

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

    /** Whether {@link #vp8} tells of this packet. */
    boolean hasVp8;

    final Vp8Descriptor vp8 = new Vp8Descriptor();

    /** Reads the payload descriptor, if this is VP8. */
    void describe(@Nullable Codec codec, int padding) {
        hasVp8 = codec != null && codec.is("VP8") && vp8.read(buffer, payloadOffset, payloadLength - padding);
    }

    int pictureId() {
        return hasVp8 ? vp8.pictureId(buffer) : -1;
    }

    int tl0PicIdx() {
        return hasVp8 ? vp8.tl0PicIdx(buffer) : -1;
    }
}
