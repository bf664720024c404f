package dev.grandstand.loadagent;

import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.webrtc.RtcPeer;

/** ICE candidates between the signaling protocol and a peer; both mean the same by them. */
final class Candidates {

    private Candidates() {}

    /** Tells the media node of all that the peer has. */
    static void send(RtcPeer peer, StreamId stream, SignalingClient signaling) {
        for (var candidate : peer.candidates()) {
            var wire = new IceCandidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
            signaling.send(new ClientMessage.Candidate(null, stream, wire));
        }
    }

    static dev.grandstand.webrtc.IceCandidate fromWire(IceCandidate candidate) {
        return new dev.grandstand.webrtc.IceCandidate(
                candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
    }
}
