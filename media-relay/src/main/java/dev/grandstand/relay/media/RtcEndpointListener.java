package dev.grandstand.relay.media;

import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;

/**
 * Told what happens to one {@link RtcEndpoint}. Calls come one at a time and in order, on a thread of the engine that must
 * not be blocked, or on the thread that called the endpoint. None come after {@link RtcEndpoint#release} returned, apart
 * from one that was already under way.
 */
public interface RtcEndpointListener {

    /** A local candidate to hand to the peer. */
    void iceCandidate(IceCandidate candidate);

    /** There are no more local candidates. */
    void iceGatheringDone();

    /**
     * @param streamId number of the ICE stream, from 1; with BUNDLE there is only one
     * @param componentId 1 (RTCP is multiplexed)
     */
    void iceState(int streamId, int componentId, IceState state);

    /** Which pair carries the data; both are candidate attributes (RFC 8839 section 5.1). */
    void candidatePairSelected(String local, String remote);

    void dtlsState(DtlsState state);

    /** Whether ICE is up; DTLS follows, see {@link #dtlsState}. */
    void connectionState(boolean connected);

    /** Whether the peer shows signs of life (RTCP or RTP); lost when it is silent for a while although still connected. */
    void mediaState(boolean connected);

    /** Media from the pipeline began or ceased to come into this element to be sent to the peer. */
    void mediaFlowIn(MediaKind kind, boolean flowing);

    /** Media received from the peer began or ceased to go into the pipeline. */
    void mediaFlowOut(MediaKind kind, boolean flowing);

    /** Negotiation is complete. */
    void mediaSessionStarted();
}
