package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.RemoteTransport;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of an offer and its answer.
 *
 * @param localDescription ours, without candidates
 * @param media at most one of each kind, in the order of the m-sections
 * @param remote the peer's transport; empty if no media was agreed
 * @param remoteCandidates candidates that the peer's description holds
 */
public record Negotiation(
        String localDescription,
        List<NegotiatedMedia> media,
        Optional<RemoteTransport> remote,
        List<String> remoteCandidates) {

    public Negotiation {
        media = List.copyOf(media);
        remoteCandidates = List.copyOf(remoteCandidates);
    }
}
