package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One peer's tracks, of each kind one that comes and one that goes, and what was agreed for them. Loop thread only. */
final class Tracks {

    // By the kind's ordinal: these are looked up for every packet.
    private final InboundTrack[] inbound;
    private final OutboundTrack[] outbound;
    private List<NegotiatedMedia> media = List.of();

    Tracks(RelayEndpoint endpoint) {
        inbound = Arrays.stream(MediaKind.values())
                .map(kind -> new InboundTrack(endpoint, kind))
                .toArray(InboundTrack[]::new);
        outbound = Arrays.stream(MediaKind.values())
                .map(kind -> new OutboundTrack(endpoint, kind))
                .toArray(OutboundTrack[]::new);
    }

    void negotiated(List<NegotiatedMedia> agreed) {
        media = agreed;
        for (NegotiatedMedia one : agreed) {
            inbound(one.kind()).negotiated(one);
            outbound(one.kind()).negotiated(one);
        }
    }

    boolean isNegotiated() {
        return !media.isEmpty();
    }

    InboundTrack inbound(MediaKind kind) {
        return inbound[kind.ordinal()];
    }

    OutboundTrack outbound(MediaKind kind) {
        return outbound[kind.ordinal()];
    }

    /** The track that packets of this type belong to. */
    @Nullable
    InboundTrack taking(int payloadType) {
        for (InboundTrack track : inbound) {
            if (track.takes(payloadType)) {
                return track;
            }
        }
        return null;
    }

    /** The track that we send under an SSRC. */
    @Nullable
    OutboundTrack outboundWith(int ssrc) {
        for (NegotiatedMedia agreed : media) {
            if ((int) agreed.localSsrc() == ssrc) {
                return outbound(agreed.kind());
            }
        }
        return null;
    }

    /** Ours, whether we send under it or only report. */
    int ssrc(MediaKind kind) {
        for (NegotiatedMedia agreed : media) {
            if (agreed.kind() == kind) {
                return (int) agreed.localSsrc();
            }
        }
        return 1;
    }

    void beginSending() {
        long now = System.nanoTime();
        for (OutboundTrack track : outbound) {
            track.begin(now);
        }
    }

    /** @return whether anything is left to be repaired */
    boolean repair(long now) {
        boolean again = false;
        for (InboundTrack track : inbound) {
            again |= track.repair(now);
        }
        return again;
    }

    /** The longest that is known of any, in ns; 0 if none is. */
    long roundTrip() {
        long known = 0;
        for (OutboundTrack track : outbound) {
            known = Math.max(known, track.roundTrip());
        }
        return known;
    }

    /** The peer's sender report, of whichever track it is. */
    void senderReport(int ssrc, long ntp, int rtpTimestamp, SourceClock clock, long now) {
        for (InboundTrack track : inbound) {
            track.senderReport(ssrc, ntp, rtpTimestamp, clock, now);
        }
    }

    /** Sender reports of what goes, and one receiver report of all that comes. */
    void report(RtcpWriter out, Optional<String> cname, long now) {
        for (OutboundTrack track : outbound) {
            track.report(out, now);
        }
        out.receiverReport(ssrc(MediaKind.VIDEO));
        for (InboundTrack track : inbound) {
            track.report(out, now);
        }
        cname.ifPresent(name -> media.forEach(agreed -> out.sourceDescription((int) agreed.localSsrc(), name)));
    }

    /**
     * Of those over which anything came or went.
     *
     * @param remb what the peer was last told that it may send, in bit/s
     * @param estimate what the peer last said that it can receive, in bit/s
     */
    RtcStats stats(long remb, long estimate) {
        var in = new ArrayList<RtcStats.Inbound>();
        var out = new ArrayList<RtcStats.Outbound>();
        for (InboundTrack track : inbound) {
            if (track.sourceKnown()) {
                in.add(track.stats(track.kind() == MediaKind.VIDEO ? remb : 0));
            }
        }
        for (OutboundTrack track : outbound) {
            if (track.packets() > 0) {
                out.add(track.stats(estimate));
            }
        }
        return new RtcStats(in, out);
    }
}
