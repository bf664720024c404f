package dev.grandstand.relay.media;

import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.MediaKind;

/**
 * One WebRTC peer: what it sends is a source for other elements, and what is connected to it is sent to the peer.
 *
 * <p>It is negotiated once, either by {@link #processOffer} or by {@link #generateOffer} and {@link #processAnswer}. A
 * peer whose network changed may offer the same again with new ICE credentials: ICE restarts (RFC 8445 section 2.4), media
 * goes on. Kurento knows no such thing and refuses every second offer.
 * Media flows once candidates were exchanged in both directions.
 */
public interface RtcEndpoint extends MediaElement {

    /**
     * Answers a peer's offer. The answer has the offer's m-sections in their order with their mids and payload types; an
     * m-section without a usable codec gets port 0. It holds all our candidates, which are known from the start: a peer that
     * is told them apart waits for them, and on a busy node for long. To a restart they would be told too soon besides, and be
     * taken for those of the session before. {@link #gatherCandidates} tells them to whoever asks all the same.
     *
     * @throws NegotiationRefused {@code BAD_SDP}, or {@code ALREADY_NEGOTIATED} for a second offer that asks for more than
     *     a restart of ICE
     */
    String processOffer(String sdp) throws NegotiationRefused;

    /**
     * Makes an offer to send and receive the given kinds.
     *
     * @throws NegotiationRefused {@code ALREADY_NEGOTIATED}
     */
    String generateOffer(boolean audio, boolean video) throws NegotiationRefused;

    /**
     * Takes the peer's answer to our offer and returns the local description.
     *
     * @throws NegotiationRefused {@code ANSWER_WITHOUT_OFFER}, {@code ALREADY_NEGOTIATED} or {@code BAD_SDP}
     */
    String processAnswer(String sdp) throws NegotiationRefused;

    /**
     * The local description with the candidates gathered so far.
     *
     * @throws NegotiationRefused {@code NO_LOCAL_SDP}
     */
    String localDescription() throws NegotiationRefused;

    /**
     * The peer's description as it was given.
     *
     * @throws NegotiationRefused {@code NO_REMOTE_SDP}
     */
    String remoteDescription() throws NegotiationRefused;

    /**
     * Starts to tell the listener about local candidates: one {@link RtcEndpointListener#iceCandidate} per candidate and
     * m-section, then {@link RtcEndpointListener#iceGatheringDone}. Repeated calls do nothing.
     */
    void gatherCandidates();

    /** Takes a candidate of the peer. Malformed, empty, TCP and mDNS candidates are ignored. May precede negotiation. */
    void addCandidate(IceCandidate candidate);

    /** The limits in force. */
    Bandwidth bandwidth();

    /** Replaces the limits; takes effect at once. */
    void bandwidth(Bandwidth bandwidth);

    /** What was sent and received so far. */
    RtcStats stats();

    /** Whether media of this kind comes from the pipeline into this element (Kurento's flow <em>in</em>: a viewer). */
    boolean flowingIn(MediaKind kind);

    /** Whether media of this kind goes from this element to the pipeline (Kurento's flow <em>out</em>: a publisher). */
    boolean flowingOut(MediaKind kind);

    /** Whether ICE is up, as {@link RtcEndpointListener#connectionState} last said. */
    boolean connected();
}
