package dev.grandstand.relay.media;

import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.RtcTransport;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One endpoint's candidates: tells ours when they are wanted, and keeps the peer's until they can be used. Loop thread. */
final class CandidateExchange {

    private static final int EARLY_CANDIDATES = 100;

    private final RtcEndpointListener listener;
    private final Supplier<List<String>> offeredMids;
    private List<IceCandidate> early = List.of();
    private List<NegotiatedMedia> media = List.of();
    private boolean requested;
    private boolean gathered;

    private record Mid(String mid, int index) {}

    /** @param offeredMids of an offer that waits for its answer */
    CandidateExchange(RtcEndpointListener listener, Supplier<List<String>> offeredMids) {
        this.listener = listener;
        this.offeredMids = offeredMids;
    }

    /** This was agreed on: what came before can be used now, and what was asked for be told. */
    void negotiated(List<NegotiatedMedia> agreed, RtcTransport transport) {
        media = agreed;
        early.forEach(candidate -> add(candidate, transport));
        early = List.of();
        if (requested) {
            tell(transport);
        }
    }

    /** Somebody wants to know our candidates; they are told once. Not before a description of ours says what they are for. */
    void gather(RtcTransport transport) {
        requested = true;
        tell(transport);
    }

    /** The same before there is a transport. */
    void gatherLater() {
        requested = true;
    }

    private void tell(RtcTransport transport) {
        var mids = localMids();
        if (gathered || mids.isEmpty()) {
            return;
        }
        gathered = true;
        transport.gathering();
        for (String candidate : transport.localCandidates()) {
            for (Mid mid : mids) {
                listener.iceCandidate(new IceCandidate(candidate, mid.mid(), mid.index()));
            }
        }
        listener.iceGatheringDone();
    }

    /** The m-sections that candidates are for: those agreed on, or before that those offered. */
    private List<Mid> localMids() {
        if (!media.isEmpty()) {
            return media.stream()
                    .map(agreed -> new Mid(agreed.mid(), agreed.index()))
                    .toList();
        }
        var mids = new ArrayList<Mid>();
        offeredMids.get().forEach(mid -> mids.add(new Mid(mid, mids.size())));
        return mids;
    }

    /** A candidate of the peer before anything was agreed on. */
    void keep(IceCandidate candidate) {
        if (early.isEmpty()) {
            early = new ArrayList<>();
        }
        if (early.size() < EARLY_CANDIDATES) {
            early.add(candidate);
        }
    }

    /**
     * Takes candidates of the section that carries the bundle only (RFC 8843 section 7.3). A browser gathers for every
     * section until it has seen the answer; the other sections' addresses answer checks, and are then given up.
     */
    void add(IceCandidate candidate, RtcTransport transport) {
        if (media.isEmpty()) {
            return;
        }
        NegotiatedMedia first = media.getFirst();
        boolean carries = candidate.sdpMid().isEmpty()
                ? candidate.sdpMLineIndex() == first.index()
                : candidate.sdpMid().equals(first.mid());
        if (carries) {
            transport.addRemoteCandidate(candidate.candidate());
        }
    }
}
