package dev.grandstand.webrtc;

/** Told what happens to one {@link RtcPeer}; all calls come on the node's loop thread and must not block. */
public interface RtcPeerListener {

    /** Packets can be sent and received from now on. */
    default void connected() {}

    /** The connection is over: closed by the other side, lost, or never made. Called once at most. */
    default void disconnected() {}

    /**
     * An RTP packet came, in the order of arrival.
     *
     * @param buffer holds the packet with its header; valid during the call only
     */
    default void rtp(MediaKind kind, byte[] buffer, int offset, int length) {}

    /** The other side wants a keyframe of our video. */
    default void keyframeRequested() {}

    /** What the other side says that we may send (REMB). */
    default void bandwidthEstimated(long bitsPerSecond) {}
}
